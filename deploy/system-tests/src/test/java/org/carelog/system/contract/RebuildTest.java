package org.carelog.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.KafkaLogin;
import org.carelog.system.platform.RunningSystem;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An engine that begins with nothing knows in the end what the FHIR API tells, byte for byte. */
@Order(3)
@ExtendWith(RunningSystem.class)
class RebuildTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @ParameterizedTest
    @ValueSource(strings = {"changed", "state"})
    void allPatientsAndEncountersAreRebuiltFromOffsetZero(String kind, Carelog carelog) throws Exception {
        try (FhirClient fhir = new FhirClient(carelog);
                CurrentState engine = new CurrentState(
                        KafkaLogin.asEngine(carelog),
                        List.of("carelog.patient.%s.v1".formatted(kind), "carelog.encounter.%s.v1".formatted(kind)))) {
            // Given
            lives(fhir);

            for (String type : List.of("Patient", "Encounter")) {
                // When
                await().atMost(PATIENCE).untilAsserted(() -> {
                    engine.readOn();
                    assertThat(engine.of(type).keySet()).isEqualTo(fhir.all(type));
                });

                // Then
                await().atMost(PATIENCE).untilAsserted(() -> {
                    engine.readOn();
                    assertThat(differing(engine.of(type), fhir)).isEmpty();
                });
                System.out.printf(
                        "%s: %d of type %s rebuilt%n", kind, engine.of(type).size(), type);
            }
        }
    }

    private static List<String> differing(Map<String, byte[]> rebuilt, FhirClient fhir) throws Exception {
        List<String> differing = new ArrayList<>();
        for (Map.Entry<String, byte[]> each : rebuilt.entrySet()) {
            if (!Arrays.equals(fhir.read(each.getKey()), each.getValue())) {
                differing.add(each.getKey());
            }
        }
        return differing;
    }

    /** Written once, written often, moved to another patient, deleted. */
    private static void lives(FhirClient fhir) throws Exception {
        String one = fhir.create("{\"resourceType\":\"Patient\"}");
        String other = fhir.create("{\"resourceType\":\"Patient\"}");
        for (int i = 0; i < 5; i++) {
            fhir.update(
                    one,
                    "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"multipleBirthInteger\":%d}"
                            .formatted(one.substring(one.indexOf('/') + 1), i));
        }
        String moved = fhir.create(encounter("", one));
        fhir.update(moved, encounter(moved, other));
        fhir.create(encounter("", other));
        fhir.delete(fhir.create(encounter("", other)));
        fhir.delete(fhir.create("{\"resourceType\":\"Patient\"}"));
    }

    private static String encounter(String reference, String patient) {
        String id =
                reference.isEmpty() ? "" : "\"id\":\"%s\",".formatted(reference.substring(reference.indexOf('/') + 1));
        return """
                {"resourceType":"Encounter",%s"status":"planned","class":{"code":"AMB"},"subject":{"reference":"%s"}}""".formatted(id, patient);
    }
}
