package org.carelog.audit.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carelog.access.Actor;
import org.carelog.audit.checkpoint.Checkpoints;
import org.carelog.audit.ingest.BalpEvents;
import org.carelog.audit.journal.AccessJson;
import org.carelog.audit.journal.AccessRecorded;
import org.carelog.audit.journal.Entity;
import org.carelog.audit.ledger.Leaves;
import org.carelog.audit.ledger.MerkleLog;
import org.carelog.audit.ledger.Retentions;
import org.carelog.audit.ledger.StoredLeaf;
import org.carelog.fhir.FhirProblem.InvalidOperationParameter;
import org.carelog.fhir.Operation;
import org.carelog.proof.Checkpoint;
import org.carelog.proof.InclusionProof;
import org.carelog.proof.SignedNote;
import org.carelog.records.rest.OwnOperation;
import org.carelog.records.rest.ParametersAnswer;

/**
 * {@code $ledger-export}: a part of an export, and where the next one begins. Each part is a request of its own, so memory is
 * the same for ten leaves and ten million, and the journal has all that was shown. Thread-safe.
 */
@Singleton
final class LedgerExport implements OwnOperation {
    private static final int MOST_LEAVES = 1000;
    /** The longest transaction that adds leaves: later ones may have an earlier time, but by no more than this. */
    private static final Duration DISORDER = Duration.ofMinutes(5);

    /** A proof says of so many leaves, the last of which is its own, where they are. */
    private static final int PROVED_TOGETHER = 256;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final MerkleLog log;
    private final Leaves leaves;
    private final Checkpoints checkpoints;
    private final Retentions retentions;

    LedgerExport(MerkleLog log, Leaves leaves, Checkpoints checkpoints, Retentions retentions) {
        this.retentions = retentions;
        this.log = log;
        this.leaves = leaves;
        this.checkpoints = checkpoints;
    }

    @Override
    public Operation operation() {
        return Operation.LEDGER_EXPORT;
    }

    @Override
    public List<Entity> perform(Actor actor, List<Map.Entry<String, String>> given, ParametersAnswer answer) {
        ExportRequest request = ExportRequest.of(given);
        return part(request, request.place().orElseGet(() -> begin(request, answer)), answer);
    }

    private ExportPlace begin(ExportRequest request, ParametersAnswer answer) {
        SignedNote checkpoint = checkpoints
                .latest()
                .orElseThrow(() -> InvalidOperationParameter.refusal("next", "the log has no checkpoint yet"));
        long size = Checkpoint.parse(checkpoint.text()).size();
        long kept = retentions.gone().map(Retentions.Gone::leaves).orElse(0L);
        long first = request.filter()
                .since()
                .map(since -> firstSince(since.minus(DISORDER), kept, size))
                .orElse(kept);
        answer.values().text("manifest", ExportText.manifest(request, first, log.edge(first), checkpoint));
        return new ExportPlace(size, first, 0);
    }

    /** Where leaves that are not older begin, or before. */
    private long firstSince(Instant time, long kept, long size) {
        long from = kept;
        long to = size;
        while (from < to) {
            long middle = (from + to) >>> 1;
            if (takenIn(middle).isBefore(time)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private Instant takenIn(long index) {
        JsonNode leaf = json(leaves.from(index, index + 1).getFirst());
        return Instant.parse(
                leaf.path(leaf.has("receivedAt") ? "receivedAt" : "noticedAt").asText());
    }

    private List<Entity> part(ExportRequest request, ExportPlace place, ParametersAnswer answer) {
        if (place.size() > log.size()) {
            throw InvalidOperationParameter.refusal("next", "the log is not so large");
        }
        List<StoredLeaf> looked = leaves.from(place.leaf(), Math.min(place.leaf() + MOST_LEAVES, place.size()));
        if (looked.isEmpty() && place.leaf() < place.size()) {
            throw InvalidOperationParameter.refusal("next", "the leaves from there on are gone: begin again");
        }
        Set<StoredLeaf> matching = looked.stream()
                .filter(leaf -> request.filter().matches(json(leaf)))
                .collect(Collectors.toCollection(() -> Collections.newSetFromMap(new IdentityHashMap<>())));
        List<StoredLeaf> told = request.complete()
                ? looked
                : looked.stream().filter(matching::contains).toList();
        Map<Long, InclusionProof> proofs = proofs(request, told, place.size());
        long rows = place.rows();
        for (StoredLeaf leaf : told) {
            rows++;
            answer.values()
                    .text(
                            "line",
                            ExportText.leaf(
                                    request.complete(),
                                    rows,
                                    leaf,
                                    Optional.ofNullable(proofs.get(leaf.index())),
                                    matching.contains(leaf)));
        }
        answer.values().number("rows", rows);
        long next = looked.isEmpty() ? place.size() : looked.getLast().index() + 1;
        if (next < place.size()) {
            answer.values().text("next", new ExportPlace(place.size(), next, rows).toString());
        }
        return matching.stream()
                .flatMap(leaf -> leaf.access().stream())
                .flatMap(LedgerExport::events)
                .toList();
    }

    /** Of each row of an excerpt; of a complete export, whose leaves make the hashes of most of them, of some. */
    private Map<Long, InclusionProof> proofs(ExportRequest request, List<StoredLeaf> told, long size) {
        List<Long> proved = told.stream()
                .map(StoredLeaf::index)
                .filter(index -> !request.complete() || (index + 1) % PROVED_TOGETHER == 0 || index == size - 1)
                .toList();
        return log.tree().inclusions(proved, size).stream()
                .collect(Collectors.toMap(InclusionProof::index, proof -> proof));
    }

    /** As which AuditEvents it is told elsewhere. */
    private static Stream<Entity> events(AccessRecorded entry) {
        return AccessJson.decode(entry.entry()).stream()
                .flatMap(access -> BalpEvents.of(entry.source(), entry.seq(), access))
                .map(event -> new Entity("AuditEvent", event.resource().id(), 1L, event.patientId()));
    }

    private static JsonNode json(StoredLeaf leaf) {
        try {
            return JSON.readTree(leaf.leaf().canonical());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
