package org.carelog.records.rest;

import java.util.List;
import java.util.Map;
import org.carelog.access.Actor;
import org.carelog.audit.journal.Entity;
import org.carelog.fhir.Operation;

/** An operation that a service performs itself: a bean of it for each that its types have and the engine does not perform. */
public interface OwnOperation {
    Operation operation();

    /**
     * @param actor who may ask it
     * @param given the parameters, in their order
     * @param answer gets what is told
     * @return what is shown, for the journal
     */
    List<Entity> perform(Actor actor, List<Map.Entry<String, String>> given, ParametersAnswer answer);
}
