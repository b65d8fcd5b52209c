package org.carelog.local.kafka;

import java.net.URI;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.oauthbearer.ClientJwtValidator;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;

/** What a client of Kafka is told that shows the broker tokens of its own, and asks for new ones in time. */
public final class TokenLogin {

    /** The system property with the addresses that Kafka asks for tokens and keys; it asks no other. */
    public static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

    private TokenLogin() {}

    /**
     * Allows the address in this virtual machine, too.
     *
     * @param tokens the realm's token endpoint
     * @param client of the realm
     */
    public static Map<String, Object> of(String bootstrapServers, URI tokens, String client, String secret) {
        System.setProperty(ALLOWED_URLS, tokens.toString());
        return Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                "SASL_PLAINTEXT",
                SaslConfigs.SASL_MECHANISM,
                "OAUTHBEARER",
                SaslConfigs.SASL_JAAS_CONFIG,
                OAuthBearerLoginModule.class.getName() + " required;",
                SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS,
                OAuthBearerLoginCallbackHandler.class.getName(),
                SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL,
                tokens.toString(),
                SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID,
                client,
                SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET,
                secret,
                // the usual one wants a library that only brokers need
                SaslConfigs.SASL_OAUTHBEARER_JWT_VALIDATOR_CLASS,
                ClientJwtValidator.class.getName());
    }
}
