package org.carelog.local.platform;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carelog.local.kafka.Edge;
import org.carelog.local.kafka.Grants;
import org.carelog.local.kafka.KafkaCluster;
import org.carelog.local.kafka.KafkaServer;
import org.carelog.local.kafka.Topics;
import org.carelog.local.keycloak.Keycloak;
import org.carelog.local.port.Port;
import org.carelog.local.port.Ports;
import org.carelog.local.port.Scale;
import org.carelog.local.process.Command;
import org.carelog.local.supervisor.Part;

/**
 * A broker of Kafka. The first one brings the topics of the deployment, and what its clients are granted.
 *
 * @param broker its number, the first one is 1
 */
record KafkaPart(KafkaCluster cluster, int broker, Ports ports, Path log) implements Part {

    static final String NAME = "kafka";

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    static KafkaCluster cluster(Installation installation, Ports ports, Secrets secrets) throws IOException {
        URI issuer = Keycloak.issuer(ports.number(Port.KEYCLOAK));
        List<KafkaServer> brokers = new ArrayList<>();
        for (int broker = 1; broker <= ports.scale().brokers(); broker++) {
            // before the first is formatted: whose start is broken off has the data of as many as it began with
            Files.createDirectories(installation.kafka(broker));
            brokers.add(KafkaServer.of(
                            installation.root(),
                            installation.kafka(broker),
                            ports.number(Port.KAFKA, broker),
                            ports.number(Port.KAFKA_CONTROLLER, broker))
                    .amongst(ports.all(Port.KAFKA_CONTROLLER))
                    .behind(new Edge(
                            ports.number(Port.KAFKA_PLATFORM, broker),
                            secrets.password("kafka.platform"),
                            issuer,
                            Keycloak.keys(issuer))));
        }
        return new KafkaCluster(brokers);
    }

    /** Those of all brokers. */
    static Set<String> names(Scale scale) {
        return IntStream.rangeClosed(1, scale.brokers())
                .mapToObj(broker -> Scale.name(NAME, broker))
                .collect(Collectors.toSet());
    }

    private KafkaServer server() {
        return cluster.brokers().get(broker - 1);
    }

    @Override
    public String name() {
        return Scale.name(NAME, broker);
    }

    @Override
    public int port() {
        return server().port();
    }

    @Override
    public Set<String> needs() {
        return Set.of();
    }

    /** Without Keycloak's keys a broker does not start, and neither does one that was killed while Keycloak is away. */
    @Override
    public Command prepare() throws Exception {
        cluster.initialize();
        while (!Keycloak.ready(ports.number(Port.KEYCLOAK_MANAGEMENT))) {
            Thread.sleep(BETWEEN_LOOKS);
        }
        return server().command(advertised()).loggingTo(log);
    }

    /** Clients go where the broker says it is. */
    private Map<String, String> advertised() {
        int reached = ports.reached(Port.KAFKA, broker);
        return reached == port()
                ? Map.of()
                : Map.of(
                        "advertised.listeners",
                        "CLIENT://127.0.0.1:%d,PLATFORM://127.0.0.1:%d"
                                .formatted(reached, ports.number(Port.KAFKA_PLATFORM, broker)));
    }

    @Override
    public boolean answers() {
        return server().answers();
    }

    @Override
    public void complete() throws Exception {
        if (broker == 1) {
            Topics.create(cluster.administrator(), Topics.CARELOG);
            Grants.set(cluster.administrator(), Grants.CARELOG);
        }
    }
}
