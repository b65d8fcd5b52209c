package org.carelog.local.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.carelog.local.kafka.KafkaCluster;
import org.carelog.local.keycloak.KeycloakSettings;
import org.carelog.local.port.Port;
import org.carelog.local.port.Ports;
import org.carelog.local.port.Scale;
import org.carelog.local.postgres.PostgresServer;
import org.carelog.local.service.Service;
import org.carelog.local.service.ServiceProgram;
import org.carelog.local.supervisor.Part;

/** All parts of the system, for one installation and its ports. */
final class Platform {

    private final Installation installation;
    private final Ports ports;

    Platform(Installation installation, Ports ports) {
        this.installation = installation;
        this.ports = ports;
    }

    /**
     * Takes what the build made to where it is run. Nothing is started.
     *
     * @param serviceOptions see {@link ServiceProgram#OPTIONS}
     * @param progress told in a sentence when something takes long
     * @throws IOException when something was not built or cannot be written
     */
    List<Part> parts(String serviceOptions, Consumer<String> progress) throws IOException {
        Secrets secrets = Secrets.in(installation.secrets());
        List<ServiceProgram> programs = new ArrayList<>();
        for (Service service : Service.values()) {
            programs.add(ServiceProgram.install(
                    service,
                    installation.root(),
                    installation.programs(),
                    secrets.database(service),
                    ports,
                    serviceOptions));
        }
        PostgresServer postgres = PostgresPart.server(installation, ports, secrets);
        List<Part> parts = new ArrayList<>(List.of(
                new PostgresPart(postgres, ports.scale(), log(PostgresPart.NAME), programs),
                new KeycloakPart(
                        KeycloakSettings.of(
                                installation.root(),
                                installation.keycloakBuilt(),
                                installation.keycloak(),
                                ports.number(Port.KEYCLOAK),
                                ports.number(Port.KEYCLOAK_MANAGEMENT)),
                        log(KeycloakPart.NAME),
                        progress)));
        KafkaCluster kafka = KafkaPart.cluster(installation, ports, secrets);
        for (int broker = 1; broker <= ports.scale().brokers(); broker++) {
            parts.add(new KafkaPart(kafka, broker, ports, log(Scale.name(KafkaPart.NAME, broker))));
        }
        for (int replica = 1; replica <= ports.scale().replicas(); replica++) {
            for (ServiceProgram program : programs) {
                parts.add(new ServicePart(
                        program,
                        replica,
                        ports,
                        postgres,
                        installation.keycloak(),
                        installation.checkpoints(replica),
                        secrets,
                        log(Scale.name(program.service().id(), replica)),
                        progress));
            }
        }
        parts.add(new WitnessPart(installation, ports, secrets, log(WitnessPart.NAME)));
        parts.add(new GatewayPart(installation, ports, log(GatewayPart.NAME)));
        return parts;
    }

    private Path log(String part) {
        return installation.logs().resolve(part + ".log");
    }
}
