package org.carelog.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.carelog.bench.Bench;
import org.carelog.local.platform.Installation;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the documents tell people to type can be typed. */
class CommandsTest {
    private static final Pattern TYPED = Pattern.compile("\\./carelog ([a-z]+)((?: (?:-{2}[a-z-]+|[^\\s`|&;)]+))*)");
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");
    /** In the list of the commands, after the first of a line. */
    private static final Pattern ALSO = Pattern.compile("· `([a-z]+)[^`]*`");

    private static final Set<String> OF_THE_SCRIPT = Set.of("test", "chaos", "loss");

    private static final Map<String, CommandLine> COMMANDS = Bench.commandLine(
                    new Installation(Checkout.file(""), Checkout.file(".carelog/data")))
            .getSubcommands();

    @Test
    void everyCommandAndOptionOfADocumentExists() {
        assertThat(Page.all())
                .allSatisfy(page -> assertThat(missing(page.text())).isEmpty());
    }

    @Test
    void theReadmeHasEveryCommandThatIsNotHidden() {
        // When
        Set<String> named = named(Page.of("README.md").text());

        // Then
        assertThat(COMMANDS.values())
                .extracting(CommandLine::getCommandSpec)
                .filteredOn(command -> !command.usageMessage().hidden())
                .extracting(CommandLine.Model.CommandSpec::name)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(named).contains(name));
        assertThat(named).contains("test");
    }

    @Test
    void theReadmeIsShortAndBeginsWithTheTwoCommands() {
        // When
        List<String> lines = Page.of("README.md").text().lines().toList();

        // Then
        assertThat(lines).hasSizeLessThanOrEqualTo(120);
        assertThat(lines.subList(0, 5).stream().filter(line -> line.startsWith("    ")))
                .satisfiesExactly(
                        up -> assertThat(up).startsWith("    ./carelog up"),
                        test -> assertThat(test).startsWith("    ./carelog test"));
    }

    @Test
    void theBuildServerRunsTheCommandForTestsAndNothingElse() {
        assertThat(Checkout.text(".ci/run").lines()).containsExactly("#!/usr/bin/env bash", "exec ./carelog test");
    }

    private static Set<String> named(String text) {
        Set<String> named = new TreeSet<>();
        TYPED.matcher(text).results().forEach(match -> named.add(match.group(1)));
        ALSO.matcher(text).results().forEach(match -> named.add(match.group(1)));
        return named;
    }

    private static List<String> missing(String text) {
        return TYPED.matcher(text)
                .results()
                .filter(match -> !exists(match.group(1), match.group(2)))
                .map(match -> match.group())
                .toList();
    }

    private static boolean exists(String command, String rest) {
        if (OF_THE_SCRIPT.contains(command)) {
            String script = Checkout.text("carelog");
            return script.contains("\n  " + command + ")\n")
                    && OPTION.matcher(rest).results().allMatch(option -> script.contains(option.group() + ":"));
        }
        if (!COMMANDS.containsKey(command)) {
            return false;
        }
        CommandLine typed = COMMANDS.get(command);
        for (String word : rest.strip().split(" ")) {
            typed = typed.getSubcommands().getOrDefault(word, typed);
        }
        CommandLine.Model.CommandSpec known = typed.getCommandSpec();
        return OPTION.matcher(rest).results().allMatch(option -> known.findOption(option.group()) != null);
    }
}
