package org.carelog.records.index;

import java.util.List;
import java.util.Optional;
import org.carelog.fhir.search.PagePosition;

/**
 * One page of what there is about a resource.
 *
 * @param root that resource, whether it is told on this page or not
 * @param members of the compartment; first the root, where it is told
 * @param referenced what they refer to
 * @param next where the next page begins; empty: this is the last one
 */
public record CompartmentPage(Match root, List<Match> members, List<Match> referenced, Optional<PagePosition> next) {
    public CompartmentPage {
        members = List.copyOf(members);
        referenced = List.copyOf(referenced);
    }

    public boolean tellsRoot() {
        return !members.isEmpty() && members.getFirst().equals(root);
    }
}
