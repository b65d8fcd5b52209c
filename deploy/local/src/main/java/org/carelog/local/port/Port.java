package org.carelog.local.port;

import java.util.Locale;

/** The ports of the system, all on the loopback interface. */
public enum Port {
    GATEWAY(8080, "the FHIR base of all services"),
    GATEWAY_MANAGEMENT(9080, "the gateway's health"),
    PATIENT_SERVICE(8081, "patient-service"),
    PATIENT_SERVICE_MANAGEMENT(9081, "health and metrics of patient-service"),
    ENCOUNTER_SERVICE(8082, "encounter-service"),
    ENCOUNTER_SERVICE_MANAGEMENT(9082, "health and metrics of encounter-service"),
    AUDIT_SERVICE(8083, "audit-service"),
    AUDIT_SERVICE_MANAGEMENT(9083, "health and metrics of audit-service"),
    WITNESS(8184, "the witness of the ledger's checkpoints"),
    KEYCLOAK(8180, "Keycloak"),
    KEYCLOAK_MANAGEMENT(9180, "Keycloak's health"),
    KAFKA(9092, "Kafka's clients"),
    KAFKA_CONTROLLER(9093, "Kafka's controller"),
    KAFKA_PLATFORM(9094, "Kafka's brokers and administration"),
    POSTGRES(5433, "PostgreSQL");

    private final int usual;
    private final String use;

    Port(int usual, String use) {
        this.usual = usual;
        this.use = use;
    }

    /** The number when nobody says another. */
    public int usual() {
        return usual;
    }

    /** What it is for, in words. */
    public String use() {
        return use;
    }

    /** The environment variable that changes it. */
    public String variable() {
        return "CARELOG_" + name() + "_PORT";
    }

    /** The environment variable that says by which other ports services reach it, if something in between passes that on. */
    public String detourVariable() {
        return "CARELOG_" + name() + "_DETOUR";
    }

    /** Its name in the state file. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
