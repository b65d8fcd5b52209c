package org.carelog.verify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.carelog.proof.Checkpoint;
import org.carelog.proof.Hash;
import org.carelog.proof.SignedNote;

/**
 * The first line of an export: what was asked for, and of which tree.
 *
 * @param eachProved whether each leaf has its own proof
 * @param complete whether all leaves from the first on are there, also those that do not match
 * @param first the index of the first leaf that the export looks at; it looks at all that follow
 * @param edge the hashes of the complete subtrees before it
 */
record Manifest(
        boolean eachProved, boolean complete, Filter filter, long first, List<Hash> edge, SignedNote checkpoint) {
    private static final String EACH_PROVED = "audit-export/v1";
    private static final String COMPLETE = "audit-export/v2";

    Manifest {
        if (edge.size() != Long.bitCount(first)
                || first > Checkpoint.parse(checkpoint.text()).size()) {
            throw new IllegalArgumentException("another edge");
        }
    }

    /** @throws IllegalArgumentException when it is none */
    static Manifest parse(String line) {
        Fields fields = Fields.of(line);
        String format = fields.requireText("carelog");
        boolean eachProved = format.equals(EACH_PROVED);
        if (!eachProved && !(format.equals(COMPLETE) && fields.isTrue("complete"))) {
            throw new IllegalArgumentException("another format");
        }
        return new Manifest(
                eachProved,
                fields.isTrue("complete"),
                new Filter(
                        fields.text("patient"),
                        fields.text("user"),
                        fields.text("since").map(Exported::instant)),
                fields.requireNumber("first"),
                fields.hashes("edge"),
                SignedNote.parse(fields.requireText("checkpoint")));
    }

    /** Whether it claims that the log has no leaf before the first. */
    boolean fromTheBeginning() {
        return complete && filter.since().isEmpty();
    }

    Checkpoint tree() {
        return Checkpoint.parse(checkpoint.text());
    }

    /** Which accesses are shown. What is no access, or has nothing by which it could be left out, always is. */
    record Filter(Optional<String> patient, Optional<String> user, Optional<Instant> since) {
        boolean matches(Fields leaf) {
            if (!LeafForm.isAccess(leaf) || !leaf.has("id")) {
                return true;
            }
            return patient.map(id -> leaf.list("entities").stream()
                                    .anyMatch(entity -> entity.text("patient").equals(patient)))
                            .orElse(true)
                    && (user.isEmpty()
                            || leaf.text("subject").equals(user)
                            || leaf.text("client").equals(user))
                    && since.map(from ->
                                    !Exported.instant(leaf.requireText("at")).isBefore(from))
                            .orElse(true);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            patient.ifPresent(id -> text.append(", patient ").append(id));
            user.ifPresent(id -> text.append(", user ").append(id));
            since.ifPresent(from -> text.append(", since ").append(from));
            return text.isEmpty() ? "everything" : text.substring(2);
        }
    }
}
