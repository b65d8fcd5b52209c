package org.carelog.local.kafka;

import java.nio.file.Path;

/** What one broker that is alone, and on a machine with other things to do, is told. */
final class BrokerSettings {

    private BrokerSettings() {}

    /** The text of a {@code server.properties}. */
    static String text(KafkaServer server, Path data) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                log.dirs=%2$s

                # topics come from the deployment, see Topics
                auto.create.topics.enable=false
                num.partitions=1

                # one broker has no other to copy to
                default.replication.factor=1
                min.insync.replicas=1
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1

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
                # SIGTERM: nobody takes the partitions over
                controlled.shutdown.enable=false
                # so long is a broker that ended held for alive, and the one in its place not let in
                broker.session.timeout.ms=3000
                broker.heartbeat.interval.ms=500
                """.formatted(server.controllerPort(), escaped(data))
                + server.edge()
                        .map(edge -> edge.settings(server.port(), server.controllerPort()))
                        .orElseGet(() -> open(server));
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
