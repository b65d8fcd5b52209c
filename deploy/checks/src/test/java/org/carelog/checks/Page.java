package org.carelog.checks;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A document in Markdown. */
record Page(Path file) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

    static List<Page> all() {
        return Checkout.texts(".md").stream().map(Page::new).toList();
    }

    static Page of(String name) {
        return new Page(Checkout.file(name));
    }

    String text() {
        return Checkout.text(file);
    }

    /** Where its links lead, as they are written. */
    List<String> links() {
        return matches(LINK, BLOCK.matcher(text()).replaceAll(""));
    }

    /** The names by which its headings can be linked to. */
    Set<String> anchors() {
        return matches(HEADING, BLOCK.matcher(text()).replaceAll("")).stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** What stands between single backquotes. */
    Stream<String> code() {
        return matches(CODE, BLOCK.matcher(text()).replaceAll("")).stream();
    }

    /** Absent: an address elsewhere. */
    static boolean isHere(String link) {
        return !link.matches("[a-z]+:.*");
    }

    @Override
    public String toString() {
        return Checkout.name(file);
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
