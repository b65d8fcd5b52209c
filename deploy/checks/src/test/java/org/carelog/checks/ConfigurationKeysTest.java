package org.carelog.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.carelog.records.RecordsConfig;
import org.junit.jupiter.api.Test;

class ConfigurationKeysTest {
    @Test
    void everySettingOfTheServicesIsAKeyThatExists() {
        // Given
        Stream<Properties> settings = Stream.concat(
                DeclaredService.ALL.stream().map(DeclaredService::settings),
                Stream.of(DeclaredService.commonSettings()));

        // When
        Stream<String> unknown = settings.flatMap(properties -> properties.stringPropertyNames().stream())
                .filter(property -> ConfigurationKeys.ofProperty(property).isEmpty());

        // Then
        assertThat(unknown).isEmpty();
    }

    @Test
    void aMisspeltKeyIsNoKey() {
        assertThat(ConfigurationKeys.ofVariable("QUARKUS_DATASOURCE_PASWORD")).isEmpty();
        assertThat(ConfigurationKeys.ofVariable("CARELOG_SEARCH_PAGEKEY")).isEmpty();
        assertThat(ConfigurationKeys.ofVariable("QUARKUS_DATASOURCE_PASSWORD")).isPresent();
    }

    /** The name of a service is lost in the name of a variable; the service's own settings have it. */
    @Test
    void anOwnersAddressCanBeGivenByTheEnvironment() {
        // Given
        DeclaredService encounterService = DeclaredService.ALL.get(1);
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withMapping(RecordsConfig.class)
                .withSources(
                        new EnvConfigSource(
                                Map.of("CARELOG_FHIR_OWNERS_PATIENT_SERVICE", "http://patient-service:8081/fhir"), 300),
                        new PropertiesConfigSource(asMap(encounterService.settings()), "application.properties", 250))
                .build();

        // When
        Map<String, String> owners =
                config.getConfigMapping(RecordsConfig.class).owners();

        // Then
        assertThat(owners).containsEntry("patient-service", "http://patient-service:8081/fhir");
    }

    private static Map<String, String> asMap(Properties properties) {
        return properties.stringPropertyNames().stream()
                .collect(java.util.stream.Collectors.toMap(name -> name, properties::getProperty));
    }
}
