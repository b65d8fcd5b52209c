package org.carelog.local.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(ports.reached(Port.KAFKA, 1)).isEqualTo(20000);
        assertThat(ports.reached(Port.POSTGRES, 1)).isEqualTo(5433);
        assertThat(ports.reached(Port.GATEWAY, 1)).isEqualTo(8080);
    }

    @Test
    void aDetourLeadsToEachBrokerAndFromEachReplica() throws PortException {
        // When
        Ports ports = Ports.of(Map.of("CARELOG_KAFKA_DETOUR", "20000,20007", "CARELOG_POSTGRES_DETOUR", "20008, 20009"))
                .at(new Scale(3, 3));

        // Then
        assertThat(ports.bootstrapServersReached()).isEqualTo("localhost:20000,localhost:20007,localhost:9292");
        assertThat(ports.reached(Port.POSTGRES, 1)).isEqualTo(20008);
        assertThat(ports.reached(Port.POSTGRES, 2)).isEqualTo(20009);
        assertThat(ports.reached(Port.POSTGRES, 3)).isEqualTo(5433);
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
    void copiesHaveTheNumbersOfTheFirstOneAndAHundredMore() {
        // Given
        Ports ports = Ports.usual().at(new Scale(2, 3));

        // When, Then
        assertThat(ports.all(Port.KAFKA)).containsExactly(9092, 9192, 9292);
        assertThat(ports.all(Port.AUDIT_SERVICE)).containsExactly(8083, 8183);
        assertThat(ports.all(Port.GATEWAY)).containsExactly(8080);
        assertThat(ports.bootstrapServers()).isEqualTo("localhost:9092,localhost:9192,localhost:9292");
        assertThatThrownBy(() -> ports.requireFree(port -> port != 8181))
                .isInstanceOf(PortException.class)
                .hasMessageContaining("Port 8181, for patient-service,");
    }

    @Test
    void noTwoCopiesOfTheLargestSystemShareANumber() {
        // Given
        Ports ports = Ports.usual().at(new Scale(Scale.MOST_REPLICAS, 5));

        // When
        List<Integer> numbers = Stream.of(Port.values())
                .flatMap(port -> ports.all(port).stream())
                .toList();

        // Then
        assertThat(numbers).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"0,1", "5,1", "1,2", "1,0", "1,7"})
    void aScaleThatCannotBeIsRefused(int replicas, int brokers) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Scale(replicas, brokers));
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
