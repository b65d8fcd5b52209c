package org.carelog.local.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The names that one file's Bundles give their entries ({@code urn:uuid:…}, absolute URLs), to turn references by such
 * a name into {@code Type/id}. Names are noted as they are read; a reference to an entry that comes later makes the
 * whole file be read ahead, for its names only. A conditional reference becomes what the {@link Directory} knows by it.
 * Relative and contained references stay as they are.
 */
final class FileReferences {

    private final Path file;
    private final Directory directory;
    private final Map<String, String> references = new HashMap<>();
    private boolean complete;

    FileReferences(Path file, Directory directory) {
        this.file = file;
        this.directory = directory;
    }

    void named(String fullUrl, String type, String id) {
        references.put(fullUrl, type + "/" + id);
    }

    String rewrite(String reference) {
        if (reference.indexOf('?') >= 0) {
            return directory.rewrite(reference);
        }
        if (reference.indexOf(':') < 0) {
            return reference;
        }
        String known = references.get(reference);
        if (known == null && reference.startsWith("urn:") && !complete) {
            readAhead();
            known = references.get(reference);
        }
        return known == null ? reference : known;
    }

    private void readAhead() {
        complete = true;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            new FhirReader().read(in, new NamesOnly());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class NamesOnly implements ResourceVisitor {
        @Override
        public boolean wants(String type) {
            return false;
        }

        @Override
        public String rewrite(String reference) {
            return reference;
        }

        @Override
        public void wanted(InputResource resource) {}

        @Override
        public void passedOver(String type, String id) {}

        @Override
        public void named(String fullUrl, String type, String id) {
            FileReferences.this.named(fullUrl, type, id);
        }
    }
}
