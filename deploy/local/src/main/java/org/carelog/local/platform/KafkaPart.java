package org.carelog.local.platform;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.carelog.local.kafka.Edge;
import org.carelog.local.kafka.Grants;
import org.carelog.local.kafka.KafkaServer;
import org.carelog.local.kafka.Topics;
import org.carelog.local.keycloak.Keycloak;
import org.carelog.local.port.Port;
import org.carelog.local.port.Ports;
import org.carelog.local.process.Command;
import org.carelog.local.supervisor.Part;

/** Kafka with the topics of the deployment, and what its clients are granted. */
record KafkaPart(KafkaServer server, Ports ports, Path log) implements Part {

    static final String NAME = "kafka";

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    static KafkaServer server(Installation installation, Ports ports, Secrets secrets) throws IOException {
        URI issuer = Keycloak.issuer(ports.number(Port.KEYCLOAK));
        return KafkaServer.of(
                        installation.root(),
                        installation.kafka(),
                        ports.number(Port.KAFKA),
                        ports.number(Port.KAFKA_CONTROLLER))
                .behind(new Edge(
                        ports.number(Port.KAFKA_PLATFORM),
                        secrets.password("kafka.platform"),
                        issuer,
                        Keycloak.keys(issuer)));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public Set<String> needs() {
        return Set.of();
    }

    /** Without Keycloak's keys a broker does not start, and neither does one that was killed while Keycloak is away. */
    @Override
    public Command prepare() throws Exception {
        server.initialize();
        while (!Keycloak.ready(ports.number(Port.KEYCLOAK_MANAGEMENT))) {
            Thread.sleep(BETWEEN_LOOKS);
        }
        return server.command(advertised()).loggingTo(log);
    }

    /** Clients go where the broker says it is. */
    private Map<String, String> advertised() {
        return ports.reached(Port.KAFKA) == port()
                ? Map.of()
                : Map.of(
                        "advertised.listeners",
                        "CLIENT://127.0.0.1:%d,PLATFORM://127.0.0.1:%d"
                                .formatted(ports.reached(Port.KAFKA), ports.number(Port.KAFKA_PLATFORM)));
    }

    @Override
    public boolean answers() {
        return server.answers();
    }

    @Override
    public void complete() throws Exception {
        Topics.create(server.administrator(), Topics.CARELOG);
        Grants.set(server.administrator(), Grants.CARELOG);
    }
}
