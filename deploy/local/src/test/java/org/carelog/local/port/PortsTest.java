package org.carelog.local.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void thePortsAreTheUsualOnesUnlessTheEnvironmentSaysOthers() throws PortException {
        // When
        Ports ports = Ports.of(Map.of("CARELOG_KAFKA_PORT", "19092", "HOME", "/home/somebody"));

        // Then
        assertThat(ports.number(Port.GATEWAY)).isEqualTo(8080);
        assertThat(ports.number(Port.KAFKA)).isEqualTo(19092);
    }

    @Test
    void anOffsetMovesAllThatHaveNoNumberOfTheirOwn() throws PortException {
        // When
        Ports ports = Ports.of(Map.of("CARELOG_PORT_OFFSET", "1000", "CARELOG_GATEWAY_PORT", "8888"));

        // Then
        assertThat(ports.number(Port.GATEWAY)).isEqualTo(8888);
        assertThat(ports.number(Port.PATIENT_SERVICE)).isEqualTo(9081);
        assertThat(ports.number(Port.POSTGRES)).isEqualTo(6433);
    }

    @Test
    void whereADetourIsNamedServicesTakeIt() throws PortException {
        // When
        Ports ports = Ports.of(Map.of("CARELOG_KAFKA_DETOUR", "20000", "CARELOG_GATEWAY_DETOUR", "20001"));

        // Then
        assertThat(ports.number(Port.KAFKA)).isEqualTo(9092);
        assertThat(ports.reached(Port.KAFKA)).isEqualTo(20000);
        assertThat(ports.reached(Port.POSTGRES)).isEqualTo(5433);
        assertThat(ports.reached(Port.GATEWAY)).isEqualTo(8080);
    }

    @Test
    void whatIsNoNumberIsNamed() {
        // When, Then
        assertThatThrownBy(() -> Ports.of(Map.of("CARELOG_GATEWAY_PORT", "http")))
                .isInstanceOf(PortException.class)
                .hasMessage("CARELOG_GATEWAY_PORT is 'http' and should be a number up to 65535.");
    }

    @Test
    void aNumberThatIsNoPortIsNamedWithItsUse() {
        // When, Then
        assertThatThrownBy(() -> Ports.of(Map.of("CARELOG_PORT_OFFSET", "60000")))
                .isInstanceOf(PortException.class)
                .hasMessageContaining("68080 is no port")
                .hasMessageContaining("the FHIR base");
    }

    @Test
    void twoUsesOfOneNumberAreNamed() {
        // When, Then
        assertThatThrownBy(() -> Ports.of(Map.of("CARELOG_KEYCLOAK_PORT", "8081")))
                .isInstanceOf(PortException.class)
                .hasMessageContaining("Port 8081")
                .hasMessageContaining("CARELOG_PATIENT_SERVICE_PORT")
                .hasMessageContaining("CARELOG_KEYCLOAK_PORT");
    }

    @Test
    void everyTakenPortIsNamedWithItsUseAndHowToChangeIt() {
        // When, Then
        assertThatThrownBy(() -> Ports.usual().requireFree(port -> port != 8080 && port != 9092))
                .isInstanceOf(PortException.class)
                .hasMessageContaining(
                        "Port 8080, for the FHIR base of all services, is taken by another program. Another number: CARELOG_GATEWAY_PORT=…")
                .hasMessageContaining("Port 9092, for Kafka's clients,")
                .hasMessageContaining("CARELOG_PORT_OFFSET=1000");
    }

    @Test
    void portsThatWereWrittenDownAreTheSameWhenTheyAreRead() throws PortException {
        // Given
        Ports ports = Ports.of(Map.of("CARELOG_PORT_OFFSET", "20000"));

        // When
        Ports read = Ports.ofKeys(ports.keys());

        // Then
        assertThat(read).isEqualTo(ports);
    }
}
