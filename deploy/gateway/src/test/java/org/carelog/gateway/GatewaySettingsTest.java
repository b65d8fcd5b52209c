package org.carelog.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewaySettingsTest {
    private static final GatewaySettings SETTINGS = new GatewaySettings(
            "0.0.0.0",
            8080,
            9080,
            List.of("10.0.0.0/8", "fd00::/8"),
            Set.of("https://app.example.org", "http://localhost:3000"),
            List.of(
                    new Upstream("patient-service", List.of(new Upstream.Replica("patients.example", 8081, 9081))),
                    new Upstream(
                            "audit-service",
                            List.of(
                                    new Upstream.Replica("127.0.0.1", 8083, 9083),
                                    new Upstream.Replica("127.0.0.1", 8183, 9183)))));

    @Test
    void theFirstArgumentIsTheGatewaysAndEachOfTheOthersIsAServiceOrWhoMayDoMore() {
        // When
        GatewaySettings read = GatewaySettings.of(
                "0.0.0.0:8080:9080",
                "--trusted-proxies=10.0.0.0/8,fd00::/8",
                "--allowed-origins=https://app.example.org,http://localhost:3000",
                "patient-service=patients.example:8081:9081",
                "audit-service=127.0.0.1:8083:9083,127.0.0.1:8183:9183");

        // Then
        assertThat(read).isEqualTo(SETTINGS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "app.example.org", "https://app.example.org/", "https://*.example.org"})
    void whatIsNoOriginIsNamed(String origin) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GatewaySettings.of(
                        "0.0.0.0:8080:9080", "--allowed-origins=" + origin, "patient-service=a:8081:9081"))
                .withMessageContaining(origin);
    }

    @Test
    void anArgumentThatIsNoServiceIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GatewaySettings.of("0.0.0.0:8080:9080", "patient-service:8081:9081"))
                .withMessageContaining("patient-service:8081:9081");
    }
}
