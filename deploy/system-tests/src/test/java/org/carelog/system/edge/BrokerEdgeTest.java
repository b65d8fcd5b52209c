package org.carelog.system.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.KafkaLogin;
import org.carelog.system.platform.RunningSystem;
import org.carelog.system.platform.Tokens;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The broker lets in who has a token of the realm, to what is granted, for as long as the token is good. */
@Order(5)
@ExtendWith(RunningSystem.class)
class BrokerEdgeTest {
    private static final String ENGINE = "integration-engine";
    private static final String PATIENTS = "carelog.patient.changed.v1";
    private static final Duration SHORT = Duration.ofSeconds(5);

    @ParameterizedTest
    @CsvSource({
        "integration-engine, carelog.patient.changed.v1",
        "integration-engine, carelog.encounter.changed.v1",
        "patient-service,    carelog.encounter.changed.v1",
        "encounter-service,  carelog.patient.changed.v1",
        "audit-service,      carelog.access.recorded.v1"
    })
    void whoMayReadATopicReadsItInAGroupOfItsOwn(String client, String topic, Carelog carelog) {
        // Given
        Broker broker = new Broker(KafkaLogin.as(carelog, client));
        // When, Then
        assertThatCode(() -> broker.readInGroup(client + "-edge", topic)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "integration-engine, carelog.access.recorded.v1",
        "integration-engine, carelog.audit.checkpoint.v1",
        "patient-service,    carelog.access.recorded.v1",
        "patient-service,    carelog.patient.changed.v1",
        "encounter-service,  carelog.access.recorded.v1",
        "audit-service,      carelog.patient.changed.v1",
        "loader,             carelog.patient.changed.v1"
    })
    void nobodyElseReadsIt(String client, String topic, Carelog carelog) {
        // Given
        Broker broker = new Broker(KafkaLogin.as(carelog, client));
        // When, Then
        assertThatThrownBy(() -> broker.read(topic)).isInstanceOf(TopicAuthorizationException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "integration-engine, carelog.patient.changed.v1",
        "integration-engine, carelog.access.recorded.v1",
        "patient-service,    carelog.encounter.changed.v1",
        "patient-service,    carelog.audit.checkpoint.v1",
        "encounter-service,  carelog.patient.changed.v1",
        "audit-service,      carelog.encounter.changed.v1",
        "loader,             carelog.patient.changed.v1"
    })
    void nobodyWritesWhatIsNotItsOwn(String client, String topic, Carelog carelog) {
        // Given
        Broker broker = new Broker(KafkaLogin.as(carelog, client));
        // When, Then
        assertThatThrownBy(() -> broker.write(topic)).isInstanceOf(AuthorizationException.class);
    }

    @Test
    void nobodyUsesAnothersGroup(Carelog carelog) {
        // Given
        Broker broker = new Broker(KafkaLogin.asEngine(carelog));
        // When, Then
        assertThatThrownBy(() -> broker.readInGroup("encounter-service", PATIENTS))
                .isInstanceOf(GroupAuthorizationException.class);
    }

    @Test
    void aUsersTokenOpensNoTopic(Carelog carelog) {
        // Given
        Broker broker = new Broker(KafkaLogin.with(carelog, new Tokens(carelog).of("clinician")));
        // When, Then
        assertThatThrownBy(() -> broker.read(PATIENTS)).isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void whoHasNoTokenIsNotAnswered(Carelog carelog) {
        // Given
        Broker broker =
                new Broker(Map.of("bootstrap.servers", carelog.bootstrapServers(), "default.api.timeout.ms", 3_000));
        // When, Then
        assertThatThrownBy(() -> broker.read(PATIENTS)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void aPasswordIsNoToken(Carelog carelog) {
        // Given: the password that is good at the port of the platform
        Map<String, Object> login = KafkaLogin.asEngine(carelog);
        login.put("sasl.mechanism", "PLAIN");
        login.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"platform\" password=\"%s\";"
                        .formatted(carelog.secret("kafka.platform")));
        login.remove("sasl.login.callback.handler.class");
        // When, Then
        assertThatThrownBy(() -> new Broker(login).read(PATIENTS))
                .isInstanceOf(UnsupportedSaslMechanismException.class);
    }

    @Test
    void aTokenForSomebodyElseIsRefused(Carelog carelog) throws Exception {
        try (Realm realm = new Realm(carelog)) {
            // Given
            realm.create("""
                    {"clientId": "elsewhere", "secret": "not-a-secret", "serviceAccountsEnabled": true,
                     "defaultClientScopes": [], "protocolMappers": [{"name": "audience", "protocol": "openid-connect",
                      "protocolMapper": "oidc-audience-mapper",
                      "config": {"included.custom.audience": "elsewhere", "access.token.claim": "true"}}]}
                    """);
            Broker broker = new Broker(KafkaLogin.with(carelog, realm.token("elsewhere", "not-a-secret")));
            // When, Then
            assertThatThrownBy(() -> broker.read(PATIENTS)).isInstanceOf(SaslAuthenticationException.class);
            realm.delete("elsewhere");
        }
    }

    @Test
    void anExpiredTokenIsRefused(Carelog carelog) throws Exception {
        try (Realm realm = new Realm(carelog)) {
            // Given
            realm.change(ENGINE, lifespan(1));
            String token = realm.token(ENGINE, carelog.clientSecret(ENGINE));
            realm.change(ENGINE, lifespan(300));
            Instant expired = Instant.now().plusSeconds(1);
            await().until(() -> Instant.now().isAfter(expired));
            Broker broker = new Broker(KafkaLogin.with(carelog, token));
            // When, Then
            assertThatThrownBy(() -> broker.read(PATIENTS)).isInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    void aSessionGoesOnWithTheNextToken(Carelog carelog) throws Exception {
        try (Realm realm = new Realm(carelog)) {
            // Given
            realm.change(ENGINE, lifespan(SHORT.toSeconds()));
            try (KafkaConsumer<byte[], byte[]> consumer = new Broker(KafkaLogin.asEngine(carelog)).reader(PATIENTS)) {
                Instant end = Instant.now().plus(SHORT.multipliedBy(3));
                // When, Then
                await().atMost(SHORT.multipliedBy(4)).until(() -> {
                    consumer.poll(Duration.ofMillis(200));
                    return Instant.now().isAfter(end);
                });
                assertThat(consumer.partitionsFor(PATIENTS, SHORT)).isNotEmpty();
            } finally {
                realm.change(ENGINE, lifespan(300));
            }
        }
    }

    @Test
    void aSessionEndsWhenTheRealmGivesItsClientNoMoreTokens(Carelog carelog) throws Exception {
        try (Realm realm = new Realm(carelog)) {
            // Given
            realm.change(ENGINE, lifespan(SHORT.toSeconds()));
            try (KafkaConsumer<byte[], byte[]> consumer = new Broker(KafkaLogin.asEngine(carelog)).reader(PATIENTS)) {
                consumer.poll(Duration.ofMillis(200));
                // When
                realm.change(ENGINE, "{\"enabled\": false}");
                // Then
                await().atMost(SHORT.multipliedBy(12)).until(() -> refused(consumer));
            } finally {
                realm.change(ENGINE, "{\"enabled\": true}");
                realm.change(ENGINE, lifespan(300));
            }
        }
    }

    private static boolean refused(KafkaConsumer<?, ?> consumer) {
        try {
            consumer.poll(Duration.ofMillis(200));
            return false;
        } catch (AuthenticationException e) {
            // without a next token, or, when the broker ended the session in that moment, with a handshake that comes
            // too late
            return true;
        } catch (KafkaException e) {
            throw new AssertionError("ended otherwise", e);
        }
    }

    private static String lifespan(long seconds) {
        return "{\"attributes\": {\"access.token.lifespan\": \"%d\"}}".formatted(seconds);
    }
}
