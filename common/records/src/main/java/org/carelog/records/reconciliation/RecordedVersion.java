package org.carelog.records.reconciliation;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carelog.audit.journal.Access;
import org.carelog.audit.journal.AccessJson;
import org.carelog.audit.journal.Entity;
import org.carelog.fhir.Interaction;
import org.carelog.fhir.Operation;

/** A version that an entry of the journal says was written, or was found to be as wanted. */
record RecordedVersion(String type, String id, long version) {
    private static final String OPERATION = Interaction.OPERATION.code();
    private static final Set<String> WRITES = Stream.of(Interaction.values())
            .filter(Interaction::isWrite)
            .map(Interaction::code)
            .collect(Collectors.toSet());
    private static final Set<String> WRITING_OPERATIONS = Stream.of(Operation.values())
            .filter(Operation::isWrite)
            .map(Operation::code)
            .collect(Collectors.toSet());

    /** Those in an entry, if it is of a write that succeeded. */
    static List<RecordedVersion> in(byte[] entry) {
        return AccessJson.decode(entry)
                .filter(access -> access.status() < 300 && isWrite(access))
                .map(access -> access.entities().stream()
                        .filter(entity -> entity.version() != null)
                        .map(RecordedVersion::of)
                        .toList())
                .orElse(List.of());
    }

    private static boolean isWrite(Access access) {
        return access.interaction().equals(OPERATION)
                ? WRITING_OPERATIONS.contains(String.valueOf(access.operation()))
                : WRITES.contains(access.interaction());
    }

    private static RecordedVersion of(Entity entity) {
        return new RecordedVersion(entity.type(), entity.id(), entity.version());
    }

    @Override
    public String toString() {
        return "%s/%s/_history/%d".formatted(type, id, version);
    }
}
