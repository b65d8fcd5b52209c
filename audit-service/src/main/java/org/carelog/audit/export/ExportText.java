package org.carelog.audit.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.carelog.audit.ledger.StoredLeaf;
import org.carelog.proof.Hash;
import org.carelog.proof.InclusionProof;
import org.carelog.proof.SignedNote;

/** The lines of an export: {@code docs/audit-export.md}. Pure. */
final class ExportText {
    /** Every row has its proof. */
    private static final String EXCERPT = "audit-export/v1";
    /** Every row has the hash of its leaf, and some have a proof, which is one of all rows before them. */
    private static final String COMPLETE = "audit-export/v2";

    private ExportText() {}

    static String manifest(ExportRequest request, long first, List<Hash> edge, SignedNote checkpoint) {
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("carelog", request.complete() ? COMPLETE : EXCERPT)
                .put("complete", request.complete());
        request.filter().patient().ifPresent(id -> line.put("patient", id));
        request.filter().user().ifPresent(id -> line.put("user", id));
        request.filter().since().ifPresent(from -> line.put("since", from.toString()));
        line.put("first", first);
        hashes(line.putArray("edge"), edge);
        return line.put("checkpoint", checkpoint.toString()).toString();
    }

    /**
     * @param complete whether the export is
     * @param proof empty: that of a later row says where this one is, too
     * @param shown whether with what it commits to
     */
    static String leaf(boolean complete, long row, StoredLeaf stored, Optional<InclusionProof> proof, boolean shown) {
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("row", row)
                .put("index", stored.index())
                .put("leaf", stored.leaf().canonical());
        if (complete) {
            line.put("leafHash", Hash.leaf(stored.leaf().canonical()).toString());
        }
        proof.ifPresent(path -> hashes(line.putArray("proof"), path.path()));
        if (shown) {
            stored.access()
                    .ifPresent(access -> line.put("salt", stored.leaf().salt())
                            .put("previousHash", access.previousHash())
                            .put("hash", access.hash())
                            .put("entry", access.entry()));
        }
        return line.toString();
    }

    private static void hashes(ArrayNode list, List<Hash> hashes) {
        hashes.forEach(hash -> list.add(hash.toString()));
    }
}
