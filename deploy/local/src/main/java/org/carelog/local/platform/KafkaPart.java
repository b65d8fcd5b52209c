package org.carelog.local.platform;

import java.nio.file.Path;
import java.util.Set;
import org.carelog.local.kafka.KafkaServer;
import org.carelog.local.kafka.Topics;
import org.carelog.local.process.Command;
import org.carelog.local.supervisor.Part;

/** Kafka with the topics of the deployment. */
record KafkaPart(KafkaServer server, Path log) implements Part {

    static final String NAME = "kafka";

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

    @Override
    public Command prepare() throws Exception {
        server.initialize();
        return server.command().loggingTo(log);
    }

    @Override
    public boolean answers() {
        return server.answers();
    }

    @Override
    public void complete() throws Exception {
        Topics.create(server.bootstrapServers(), Topics.CARELOG);
    }
}
