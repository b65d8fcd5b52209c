package org.carelog.local.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Loads files: one thread reads, pass by pass (see {@link LoadOrder}), a bounded number of virtual threads send. What is
 * in memory at a time is the resources being sent and the names of one file's entries. Used once.
 */
final class Load {

    private final FhirServer server;
    private final int parallel;
    private final Progress progress;
    private final Refusals refusals = new Refusals();
    private final Directory directory = new Directory();
    private final TypeCounts notHosted = new TypeCounts();
    private final AtomicLong loaded = new AtomicLong();
    private long started;

    Load(FhirServer server, int parallel, Progress progress) {
        this.server = server;
        this.parallel = parallel;
        this.progress = progress;
    }

    /** @throws LoadStoppedException when the server can no longer be reached */
    LoadSummary run(FhirFiles files) throws IOException, InterruptedException {
        started = System.nanoTime();
        Set<String> hosted = server.hostedTypes();
        List<Set<String>> passes = LoadOrder.passes(hosted);
        progress.begin(files.bytes() * passes.size(), loaded, refusals);
        for (int pass = 0; pass < passes.size(); pass++) {
            // Closing waits until all of a pass is sent: the next one refers to it.
            try (Uploads uploads = new Uploads(server, parallel, loaded, refusals)) {
                for (Path file : files.paths()) {
                    read(
                            file,
                            new Pass(
                                    passes.get(pass), hosted, pass == 0, new FileReferences(file, directory), uploads));
                }
            }
        }
        progress.end();
        return soFar();
    }

    /** What has been done since {@link #run} began, for when it was stopped. */
    LoadSummary soFar() {
        return new LoadSummary(loaded.get(), refusals.count(), Duration.ofNanos(System.nanoTime() - started));
    }

    /** Known after {@link #run}. */
    TypeCounts notHosted() {
        return notHosted;
    }

    /** Known after {@link #run}. */
    Refusals refusals() {
        return refusals;
    }

    private void read(Path file, Pass pass) throws IOException, InterruptedException {
        try (InputStream in = progress.watch(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            new FhirReader().read(in, pass);
        } catch (JsonProcessingException e) {
            pass.unreadable(
                    file,
                    "not JSON at line %d, column %d"
                            .formatted(
                                    e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
        } catch (NotFhirException e) {
            pass.unreadable(file, e.getMessage());
        }
    }

    /** One reading of one file. */
    private final class Pass implements ResourceVisitor {
        private final Set<String> types;
        private final Set<String> hosted;
        private final boolean first;
        private final FileReferences references;
        private final Uploads uploads;

        Pass(Set<String> types, Set<String> hosted, boolean first, FileReferences references, Uploads uploads) {
            this.types = types;
            this.hosted = hosted;
            this.first = first;
            this.references = references;
            this.uploads = uploads;
        }

        @Override
        public boolean wants(String type) {
            return types.contains(type);
        }

        @Override
        public String rewrite(String reference) {
            return references.rewrite(reference);
        }

        @Override
        public void wanted(InputResource resource) throws IOException, InterruptedException {
            directory.note(resource);
            uploads.add(resource);
        }

        @Override
        public void passedOver(String type, String id) {
            if (first && !hosted.contains(type)) {
                notHosted.add(type);
            } else if (id == null && types.contains(type)) {
                refusals.add(type, "it has no id, so loading it again would make a second one");
            }
        }

        @Override
        public void named(String fullUrl, String type, String id) {
            references.named(fullUrl, type, id);
        }

        /** Told in the first pass only: each reads the same file. */
        void unreadable(Path file, String reason) {
            if (first) {
                refusals.add(file.getFileName().toString(), reason);
            }
        }
    }
}
