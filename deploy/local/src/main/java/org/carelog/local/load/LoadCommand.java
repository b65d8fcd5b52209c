package org.carelog.local.load;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code carelog load}. Exit code 0 when everything was loaded, 1 when something was refused or could not be done. */
@Command(
        name = "load",
        description = "Load FHIR R4 bundles or NDJSON, or a made-up population, through the public API.")
public final class LoadCommand implements Callable<Integer> {

    private static final int PARALLEL = 8;

    /** What to load: one or the other. */
    static final class Source {
        @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files, or directories of .json and .ndjson.")
        List<Path> paths;

        @ArgGroup(exclusive = false)
        Population population;
    }

    /** A population that Synthea makes up. */
    static final class Population {
        @Option(names = "--synthea", required = true, paramLabel = "N", description = "People alive at the end.")
        int people;

        @Option(names = "--seed", paramLabel = "S", defaultValue = "42", description = "Another seed, other people.")
        long seed;
    }

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Source source;

    private final Callable<LoadTarget> running;
    private final Callable<Synthea> synthea;

    /**
     * @param running finds the running system, or throws with a sentence that says what is not running
     * @param synthea prepares Synthea; called only when a population is asked for
     */
    public LoadCommand(Callable<LoadTarget> running, Callable<Synthea> synthea) {
        this.running = running;
        this.synthea = synthea;
    }

    @Override
    public Integer call() {
        PrintStream err = System.err;
        try {
            LoadTarget target = running.call();
            return load(target, FhirFiles.under(paths(err)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (UncheckedIOException e) {
            err.println(sentence(e.getCause()));
            return 1;
        } catch (Exception e) {
            err.println(sentence(e));
            return 1;
        }
    }

    private List<Path> paths(PrintStream err) throws Exception {
        if (source.population == null) {
            return source.paths;
        }
        Population wanted = source.population;
        err.printf("Population of %d, seed %d: made by Synthea if it is not there yet.%n", wanted.people, wanted.seed);
        return List.of(synthea.call().population(wanted.people, wanted.seed));
    }

    private static int load(LoadTarget target, FhirFiles files) throws IOException, InterruptedException {
        boolean terminal = System.console() != null && System.console().isTerminal();
        try (HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build();
                Progress progress = new Progress(System.err, terminal)) {
            Load load = new Load(
                    new FhirServer(http, target.fhirBase(), target.tokens(), Retries.DEFAULT), PARALLEL, progress);
            LoadSummary summary;
            try {
                summary = load.run(files);
            } catch (LoadStoppedException e) {
                System.err.println(e.getMessage());
                print(load, load.soFar());
                return 1;
            }
            print(load, summary);
            return summary.refused() == 0 ? 0 : 1;
        }
    }

    private static void print(Load load, LoadSummary summary) {
        if (!load.notHosted().isEmpty()) {
            System.out.println("not yet hosted: " + load.notHosted());
        }
        load.refusals().lines().forEach(System.out::println);
        System.out.println(summary);
    }

    private static String sentence(Exception e) {
        if (e instanceof NoSuchFileException missing) {
            return "There is no " + missing.getFile() + ".";
        }
        return e.getMessage() == null ? "The load failed: " + e : e.getMessage();
    }
}
