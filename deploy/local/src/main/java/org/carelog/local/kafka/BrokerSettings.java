package org.carelog.local.kafka;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a broker is told that is on a machine with other things to do. */
final class BrokerSettings {

    private BrokerSettings() {}

    /** The text of a {@code server.properties}. */
    static String text(KafkaServer server, Path data) {
        int brokers = server.controllerPorts().size();
        int copies = Math.min(brokers, 3);
        return """
                process.roles=broker,controller
                node.id=%3$d
                controller.quorum.voters=%1$s
                controller.listener.names=CONTROLLER
                log.dirs=%2$s

                # topics come from the deployment, see Topics
                auto.create.topics.enable=false
                num.partitions=1

                # each record on so many brokers, and answered for when it is on so many
                default.replication.factor=%4$d
                min.insync.replicas=%5$d
                offsets.topic.replication.factor=%4$d
                transaction.state.log.replication.factor=%4$d
                transaction.state.log.min.isr=%5$d
                share.coordinator.state.topic.replication.factor=%4$d
                share.coordinator.state.topic.min.isr=%5$d

                # a handful of groups, not hundreds
                offsets.topic.num.partitions=4
                transaction.state.log.num.partitions=2
                share.coordinator.state.topic.num.partitions=2
                num.network.threads=2
                num.io.threads=4
                background.threads=2
                log.cleaner.dedupe.buffer.size=8388608

                # a group on one machine is whole at once
                group.initial.rebalance.delay.ms=0
                # SIGTERM: whether somebody takes the partitions over
                controlled.shutdown.enable=%6$b
                # so long is a broker that ended held for alive, and the one in its place not let in
                broker.session.timeout.ms=3000
                broker.heartbeat.interval.ms=500
                """.formatted(
                                voters(server.controllerPorts()),
                                escaped(data),
                                server.id(),
                                copies,
                                Math.min(copies, 2),
                                brokers > 1)
                + server.edge()
                        .map(edge -> edge.settings(server.port(), server.controllerPort()))
                        .orElseGet(() -> open(server));
    }

    private static String voters(List<Integer> controllerPorts) {
        return IntStream.range(0, controllerPorts.size())
                .mapToObj(i -> (i + 1) + "@127.0.0.1:" + controllerPorts.get(i))
                .collect(Collectors.joining(","));
    }

    /** Whoever reaches it may do everything. */
    private static String open(KafkaServer server) {
        return """
                listeners=CLIENT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=CLIENT://127.0.0.1:%1$d
                listener.security.protocol.map=CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=CLIENT
                """.formatted(server.port(), server.controllerPort());
    }

    /** In a properties file a backslash is an escape. */
    private static String escaped(Path path) {
        return path.toString().replace("\\", "\\\\");
    }
}
