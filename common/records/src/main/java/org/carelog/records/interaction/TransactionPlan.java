package org.carelog.records.interaction;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.Resource;
import org.carelog.fhir.search.SearchQuery;
import org.carelog.records.interaction.Transaction.Amendment;
import org.carelog.records.interaction.Transaction.Creation;
import org.carelog.records.interaction.Transaction.Deletion;
import org.carelog.records.interaction.Transaction.Replacement;
import org.carelog.records.interaction.Transaction.Step;
import org.carelog.records.store.StoredVersion;

/**
 * What a transaction will write: every id assigned, every reference pointed to where it leads.
 *
 * @param referred by what is referred to and there already, where
 */
record TransactionPlan(List<Write> writes, Map<LocalReference, String> referred) {
    TransactionPlan {
        writes = List.copyOf(writes);
        referred = Map.copyOf(referred);
    }

    /**
     * @param target what the step writes; null: its condition matches nothing to delete
     * @param resource null for a deletion, and for a creation that matched
     * @param condition of a conditional step; null otherwise
     * @param matched what the condition matched when the plan was made, or, for an amendment, what was there; null: nothing
     */
    record Write(Step step, LocalReference target, Resource resource, SearchQuery condition, StoredVersion matched) {
        /** In the order that R4 gives the methods. */
        int turn() {
            return switch (step) {
                case Deletion d -> 0;
                case Creation c -> 1;
                case Replacement r -> 2;
                case Amendment a -> 2;
            };
        }
    }

    /** In the order in which their conditions are locked. */
    List<Write> conditional() {
        return writes.stream()
                .filter(write -> write.condition() != null)
                .sorted(Comparator.comparing(write -> ConditionalMatch.text(write.condition())))
                .toList();
    }

    List<LocalReference> deleted() {
        return writes.stream()
                .filter(write -> write.step() instanceof Deletion)
                .map(Write::target)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The heads that may be there already. */
    List<LocalReference> heads() {
        return writes.stream()
                .filter(write -> !(write.step() instanceof Creation))
                .map(Write::target)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Of which the current version is compared with what is to come. */
    List<LocalReference> replaced() {
        return writes.stream()
                .filter(write -> write.step() instanceof Replacement || write.step() instanceof Amendment)
                .map(Write::target)
                .toList();
    }
}
