package org.carelog.local.platform;

import org.carelog.local.keycloak.Keycloak;
import org.carelog.local.keycloak.Tokens;
import org.carelog.local.port.Port;
import org.carelog.local.port.Ports;

/** What a person at the terminal sees when everything works: where things are, and what to try first. */
public final class Welcome {

    private Welcome() {}

    public static String text(Ports ports, Installation installation) {
        String base = "http://localhost:" + ports.number(Port.GATEWAY) + "/fhir";
        return """

                  FHIR base           %1$s
                  patient-service     http://localhost:%2$d/fhir   health and metrics http://localhost:%3$d/q
                  encounter-service   http://localhost:%4$d/fhir   health and metrics http://localhost:%5$d/q
                  audit-service       http://localhost:%6$d/fhir   health and metrics http://localhost:%7$d/q
                  Keycloak            %8$s
                  Kafka               localhost:%9$d
                  PostgreSQL          localhost:%10$d   databases patient, encounter, audit
                  data, logs          %11$s

                  Demo users          %12$s (the password is the name)

                  Try                 TOKEN=$(./carelog token clinician)
                                      curl -H "Authorization: Bearer $TOKEN" '%1$s/Patient?_count=5'
                                      ./carelog demo
                """.formatted(
                        base,
                        ports.number(Port.PATIENT_SERVICE),
                        ports.number(Port.PATIENT_SERVICE_MANAGEMENT),
                        ports.number(Port.ENCOUNTER_SERVICE),
                        ports.number(Port.ENCOUNTER_SERVICE_MANAGEMENT),
                        ports.number(Port.AUDIT_SERVICE),
                        ports.number(Port.AUDIT_SERVICE_MANAGEMENT),
                        Keycloak.issuer(ports.number(Port.KEYCLOAK)),
                        ports.number(Port.KAFKA),
                        ports.number(Port.POSTGRES),
                        installation.data(),
                        String.join(", ", Tokens.USERS));
    }
}
