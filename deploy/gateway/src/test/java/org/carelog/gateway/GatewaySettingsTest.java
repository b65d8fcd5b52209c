package org.carelog.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class GatewaySettingsTest {
    private static final GatewaySettings SETTINGS = new GatewaySettings(
            "0.0.0.0",
            8080,
            9080,
            List.of("10.0.0.0/8", "fd00::/8"),
            List.of(
                    new Upstream("patient-service", List.of(new Upstream.Replica("patients.example", 8081, 9081))),
                    new Upstream(
                            "audit-service",
                            List.of(
                                    new Upstream.Replica("127.0.0.1", 8083, 9083),
                                    new Upstream.Replica("127.0.0.1", 8183, 9183)))));

    @Test
    void theFirstArgumentIsTheGatewaysAndEachOfTheOthersIsAServiceOrWhoIsTrusted() {
        // When
        GatewaySettings read = GatewaySettings.of(
                "0.0.0.0:8080:9080",
                "--trusted-proxies=10.0.0.0/8,fd00::/8",
                "patient-service=patients.example:8081:9081",
                "audit-service=127.0.0.1:8083:9083,127.0.0.1:8183:9183");

        // Then
        assertThat(read).isEqualTo(SETTINGS);
    }

    @Test
    void anArgumentThatIsNoServiceIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GatewaySettings.of("0.0.0.0:8080:9080", "patient-service:8081:9081"))
                .withMessageContaining("patient-service:8081:9081");
    }
}
