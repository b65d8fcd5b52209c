package org.carelog.system.contract;

import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.KafkaLogin;

/** How a client of Kafka's reaches the running broker. */
final class Broker {
    private Broker() {}

    /** Who reads the events of patients and encounters, and nothing else. */
    static Map<String, Object> asEngine(Carelog carelog) {
        return KafkaLogin.asEngine(carelog);
    }

    /** Who makes the topics, and sees everything. */
    static Map<String, Object> asAdministrator(Carelog carelog) {
        return Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                "127.0.0.1:" + carelog.port(9094),
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                "SASL_PLAINTEXT",
                SaslConfigs.SASL_MECHANISM,
                "PLAIN",
                SaslConfigs.SASL_JAAS_CONFIG,
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted("platform", carelog.secret("kafka.platform")));
    }
}
