package org.carelog.local.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Files that are read whole, one after another, for whoever sends them otherwise than a {@link Load} does: resources with
 * the ids and references that a load gives them. The directory's files come first. For one thread.
 */
public final class RecordFiles {

    private final Set<String> types;
    private final Directory directory = new Directory();

    /** @param types of the resources that are wanted */
    public RecordFiles(Set<String> types) {
        this.types = types;
    }

    /** The resources of a file in its order. */
    public List<InputResource> read(Path file) throws IOException, InterruptedException {
        List<InputResource> resources = new ArrayList<>();
        FileReferences references = new FileReferences(file, directory);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            new FhirReader().read(in, new ResourceVisitor() {
                @Override
                public boolean wants(String type) {
                    return types.contains(type);
                }

                @Override
                public String rewrite(String reference) {
                    return references.rewrite(reference);
                }

                @Override
                public void wanted(InputResource resource) throws IOException {
                    directory.note(resource);
                    resources.add(resource);
                }

                @Override
                public void passedOver(String type, String id) {}

                @Override
                public void named(String fullUrl, String type, String id) {
                    references.named(fullUrl, type, id);
                }
            });
        }
        return resources;
    }
}
