package org.carelog.access;

/** Which resources of a type an actor may see; becomes part of every query. */
public sealed interface Visibility {
    record Everything() implements Visibility {}

    /** Only what is in the compartment of this patient. */
    record Compartment(String patientId) implements Visibility {}

    record Nothing() implements Visibility {}
}
