package org.carelog.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RealPlatformTest {

    @Test
    void aTopicIsTheTestsOwnAndKeepsWhatIsSent() throws Exception {
        // Given
        String topic = RealPlatform.topic("letter");
        String other = RealPlatform.topic("letter");

        // When
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", RealPlatform.kafka()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "key", "dear")).get();
        }

        // Then
        assertThat(topic).isNotEqualTo(other);
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", RealPlatform.kafka(), "group.id", topic, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            Awaitility.await().until(() -> consumer.poll(Duration.ofMillis(100)).count(), count -> count == 1);
        }
    }

    @Test
    void aTokenIsFromTheRealmAndAskedForOnce() throws Exception {
        // When
        String token = RealPlatform.token("clinician");

        // Then
        JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", 3)[1]));
        assertThat(claims.path("iss").asText()).isEqualTo(RealPlatform.issuer().toString());
        assertThat(claims.path("aud").asText()).isEqualTo("carelog");
        assertThat(RealPlatform.token("clinician")).isEqualTo(token);
    }

    @Test
    void onlyConfidentialClientsHaveASecret() {
        // Then
        assertThat(RealPlatform.clientSecret("patient-service")).isNotEmpty();
        assertThatThrownBy(() -> RealPlatform.clientSecret("clinical-app"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clinical-app");
    }
}
