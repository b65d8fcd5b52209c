package org.carelog.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.carelog.local.kafka.Topic;
import org.carelog.local.kafka.Topics;
import org.junit.jupiter.api.Test;

/** The document for programs is what the code has. */
class AsyncApiTest {
    private static final String DOCUMENT = "docs/events/asyncapi.json";

    @Test
    void theDocumentIsOfTheTopicsTypesAndSchemasThatThereAre() throws IOException {
        // Given
        Path fresh = Checkout.file("deploy/checks/target/asyncapi.json");

        // When
        Files.writeString(
                Files.createDirectories(fresh.getParent()).resolve(fresh.getFileName()),
                AsyncApi.of(Topics.CARELOG).toPrettyString() + "\n");

        // Then
        assertThat(Checkout.file(DOCUMENT))
                .as("to write it anew: cp %s %s", Checkout.name(fresh), DOCUMENT)
                .hasSameTextualContentAs(fresh);
    }

    @Test
    void everythingThatItRefersToIsThere() {
        // Given
        JsonNode document = AsyncApi.of(Topics.CARELOG);

        // Then
        assertThat(document.findValuesAsText("$ref")).isNotEmpty().allSatisfy(reference -> {
            if (reference.startsWith("#")) {
                assertThat(document.at(reference.substring(1)).isMissingNode()).isFalse();
            } else {
                assertThat(Checkout.file(DOCUMENT).resolveSibling(reference)).exists();
            }
        });
    }

    @Test
    void everyTopicHasItsPage() {
        // Given
        List<String> pages = Topics.CARELOG.stream()
                .map(Topic::name)
                .map("docs/events/%s.md"::formatted)
                .toList();

        // Then
        assertThat(pages).allSatisfy(page -> assertThat(Checkout.file(page)).exists());
    }
}
