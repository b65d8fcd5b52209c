package org.carelog.local.kafka;

import java.net.URI;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * Who is let in to a broker: clients with a token of the realm, and on another port, with a password, the brokers
 * themselves and whoever makes the topics. See docs/adr/0024.
 *
 * @param port of those who have the password
 * @param password of the user {@code platform}, who may do everything
 * @param issuer of the tokens
 * @param keys where the issuer's keys are; a broker that cannot fetch them does not start
 */
public record Edge(int port, String password, URI issuer, URI keys) {

    /** The one user that has a password. */
    public static final String PLATFORM = "platform";

    /** In the {@code server.properties}. */
    String settings(int clientPort, int controllerPort) {
        return """
                listeners=CLIENT://127.0.0.1:%1$d,PLATFORM://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%3$d
                advertised.listeners=CLIENT://127.0.0.1:%1$d,PLATFORM://127.0.0.1:%2$d
                listener.security.protocol.map=CLIENT:SASL_PLAINTEXT,PLATFORM:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT
                inter.broker.listener.name=PLATFORM

                # clients have a token of the realm; who they are is the client that it was given to
                listener.name.client.sasl.enabled.mechanisms=OAUTHBEARER
                listener.name.client.oauthbearer.sasl.jaas.config=\\
                  org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;
                listener.name.client.oauthbearer.sasl.server.callback.handler.class=\\
                  org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler
                sasl.oauthbearer.expected.issuer=%4$s
                sasl.oauthbearer.expected.audience=carelog
                sasl.oauthbearer.jwks.endpoint.url=%5$s
                sasl.oauthbearer.sub.claim.name=azp
                # one machine has one clock
                sasl.oauthbearer.clock.skew.seconds=0
                # a session ends with its token; a key that the realm takes back is noticed as late
                sasl.oauthbearer.jwks.endpoint.refresh.ms=60000
                listener.name.client.oauthbearer.connections.max.reauth.ms=60000

                # the brokers, the controller and the deployment have a password
                listener.name.platform.sasl.enabled.mechanisms=PLAIN
                listener.name.platform.plain.sasl.jaas.config=%6$s
                sasl.mechanism.inter.broker.protocol=PLAIN
                listener.name.controller.sasl.enabled.mechanisms=PLAIN
                listener.name.controller.plain.sasl.jaas.config=%6$s
                sasl.mechanism.controller.protocol=PLAIN

                # what nobody is granted is refused, see Grants
                authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
                super.users=User:%7$s
                """.formatted(
                        clientPort,
                        port,
                        controllerPort,
                        issuer,
                        keys,
                        login() + " user_" + PLATFORM + "=\"" + password + "\";",
                        PLATFORM);
    }

    /** What the broker's virtual machine is told: Kafka asks no other address for keys. */
    String option() {
        return "-D" + TokenLogin.ALLOWED_URLS + "=" + keys;
    }

    /** What a client of the deployment's own is told. */
    Map<String, Object> administrator() {
        return Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                "localhost:" + port,
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                "SASL_PLAINTEXT",
                SaslConfigs.SASL_MECHANISM,
                "PLAIN",
                SaslConfigs.SASL_JAAS_CONFIG,
                login() + ";");
    }

    private String login() {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\""
                .formatted(PLATFORM, password);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "edge[port=%d, issuer=%s]".formatted(port, issuer);
    }
}
