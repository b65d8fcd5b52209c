package org.carelog.audit.journal;

import java.util.Objects;

/**
 * A resource that an access showed, changed or was refused.
 *
 * @param type the resource type
 * @param id its id, as it was asked for
 * @param version the version; null: none was reached
 * @param patient the id of the Patient whose compartment it is in, for a Patient its own; null: none is known
 */
public record Entity(String type, String id, Long version, String patient) {
    public Entity {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(id, "id");
    }
}
