package org.carelog.local.service;

import org.carelog.local.port.Port;

/** The services of the system. */
public enum Service {
    PATIENT("patient", Port.PATIENT_SERVICE, Port.PATIENT_SERVICE_MANAGEMENT),
    ENCOUNTER("encounter", Port.ENCOUNTER_SERVICE, Port.ENCOUNTER_SERVICE_MANAGEMENT),
    AUDIT("audit", Port.AUDIT_SERVICE, Port.AUDIT_SERVICE_MANAGEMENT);

    private final String subject;
    private final Port port;
    private final Port managementPort;

    Service(String subject, Port port, Port managementPort) {
        this.subject = subject;
        this.port = port;
        this.managementPort = managementPort;
    }

    /** Its name everywhere: its module, its part, its client of Keycloak's. */
    public String id() {
        return subject + "-service";
    }

    /** The name of its database, and the beginning of its roles' names. */
    public String database() {
        return subject;
    }

    public Port port() {
        return port;
    }

    public Port managementPort() {
        return managementPort;
    }
}
