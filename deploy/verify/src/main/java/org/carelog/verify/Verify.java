package org.carelog.verify;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carelog.proof.Checkpoint;
import org.carelog.proof.SignedNote;

/**
 * {@code java -jar carelog-verify.jar EXPORT --keys FILE [--checkpoint FILE]}. Exit code 0 when all of it is what the log signed,
 * 1 when not, 2 when the command line is wrong or a file cannot be read.
 */
public final class Verify {
    private static final String USAGE = """
            usage: verify EXPORT --keys FILE [--checkpoint FILE]
              EXPORT             an export of the audit log
              --keys FILE        public keys, one a line: the log's, and those of witnesses who must have signed too
              --checkpoint FILE  a checkpoint of the log that you have kept: the log must still begin with its leaves
            """;
    private static final int WRONG = 1;
    private static final int UNUSABLE = 2;

    private final PrintStream out;
    private final PrintStream problems;

    /**
     * @param out gets what was found right
     * @param problems gets what was not, in a line
     */
    public Verify(PrintStream out, PrintStream problems) {
        this.out = out;
        this.problems = problems;
    }

    public static void main(String[] arguments) {
        System.exit(new Verify(System.out, System.err).run(List.of(arguments)));
    }

    /** @return the exit code */
    public int run(List<String> arguments) {
        try {
            List<String> files = new ArrayList<>();
            Map<String, Path> options = options(arguments, files);
            if (files.size() != 1 || !options.containsKey("--keys")) {
                throw new IllegalArgumentException(USAGE);
            }
            Keys keys = Keys.parse(Files.readString(options.get("--keys")));
            Optional<SignedNote> kept = options.containsKey("--checkpoint")
                    ? Optional.of(SignedNote.parse(Files.readAllBytes(options.get("--checkpoint"))))
                    : Optional.empty();
            check(Path.of(files.getFirst()), keys, kept);
            return 0;
        } catch (WrongExport e) {
            problems.println("WRONG: " + e.getMessage());
            return WRONG;
        } catch (IOException e) {
            problems.println("cannot be read: " + e.getMessage());
            return UNUSABLE;
        } catch (IllegalArgumentException e) {
            problems.println(e.getMessage());
            return UNUSABLE;
        }
    }

    private static Map<String, Path> options(List<String> arguments, List<String> files) {
        Map<String, Path> options = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                files.add(argument);
            } else if (i + 1 < arguments.size()
                    && List.of("--keys", "--checkpoint").contains(argument)) {
                options.put(argument, Path.of(arguments.get(++i)));
            } else {
                throw new IllegalArgumentException(USAGE);
            }
        }
        return options;
    }

    private void check(Path export, Keys keys, Optional<SignedNote> kept) throws IOException, WrongExport {
        if (kept.isPresent()) {
            keys.require(kept.get());
        }
        try (Lines lines = new Lines(Files.newInputStream(export))) {
            Manifest manifest = manifest(lines.next());
            keys.require(manifest.checkpoint());
            ExportCheck.Counts counts =
                    new ExportCheck(manifest, kept.map(note -> Checkpoint.parse(note.text()))).run(lines);
            report(manifest, keys, kept, counts);
        }
    }

    private static Manifest manifest(String line) throws WrongExport {
        try {
            return Manifest.parse(line == null ? "" : line);
        } catch (IllegalArgumentException e) {
            throw WrongExport.whole("its first line is none of an export: " + e.getMessage());
        }
    }

    private void report(Manifest manifest, Keys keys, Optional<SignedNote> kept, ExportCheck.Counts counts) {
        Checkpoint tree = manifest.tree();
        out.printf("log       %s, %d leaves%n", tree.origin(), tree.size());
        keys.all()
                .forEach(key -> out.printf(
                        "signed    %s%s%n",
                        key,
                        key.cosigned(manifest.checkpoint())
                                .map(time -> ", which saw nothing that contradicts it until " + time)
                                .orElse("")));
        kept.ifPresent(note -> out.printf(
                "kept      continues your checkpoint of %d leaves%n",
                Checkpoint.parse(note.text()).size()));
        out.printf("asked     %s, from leaf %d on%n", manifest.filter(), manifest.first());
        counts.givenUp()
                .ifPresent(run -> out.printf(
                        "given up  the %d leaves before, of before %s: leaf %d says so, and who did it, %s; the log has their hashes%n",
                        run.firstLeaf(), run.before(), run.leaf(), run.subject()));
        out.printf(
                "shown     %d accesses, %d of them erased; %d gaps, faults and retention runs%n",
                counts.shown(), counts.erased(), counts.notices());
        out.println(
                manifest.complete()
                        ? "proved    all that is shown is in the log, in this order, and nothing that matches was left out"
                        : "proved    all that is shown is in the log, in this order; NOT that nothing was left out");
    }
}
