package org.carelog.local.platform;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.carelog.local.keycloak.ClientSecrets;
import org.carelog.local.keycloak.Keycloak;
import org.carelog.local.port.Port;
import org.carelog.local.port.Ports;
import org.carelog.local.postgres.PostgresServer;
import org.carelog.local.process.Command;
import org.carelog.local.service.Service;
import org.carelog.local.service.ServiceProgram;
import org.carelog.local.supervisor.Part;

/**
 * One of the three services.
 *
 * @param progress told in a sentence when something takes long
 */
record ServicePart(
        ServiceProgram program,
        Ports ports,
        PostgresServer postgres,
        Path keycloakData,
        Path checkpoints,
        Secrets secrets,
        Path log,
        Consumer<String> progress)
        implements Part {

    private Service service() {
        return program.service();
    }

    @Override
    public String name() {
        return service().id();
    }

    @Override
    public int port() {
        return ports.number(service().port());
    }

    @Override
    public Set<String> needs() {
        return Set.of(PostgresPart.NAME, KafkaPart.NAME, KeycloakPart.NAME);
    }

    @Override
    public Command prepare() throws Exception {
        String clientSecret = ClientSecrets.load(keycloakData)
                .of(name())
                .orElseThrow(() -> new IOException("Keycloak's realm has no client " + name()));
        Command command = program.command(
                postgres.jdbcUrl(service().database(), ports.reached(Port.POSTGRES)),
                Keycloak.issuer(ports.number(Port.KEYCLOAK)),
                clientSecret,
                environment(),
                log);
        if (!program.startCache().exists()) {
            progress.accept(name() + " is started twice, once for each build: the next starts are quick then");
            program.startCache().make(command, this::answers);
        }
        return program.startCache().of(command);
    }

    /** Its keys, which are no arguments: every user of the machine reads those. */
    private Map<String, String> environment() throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("CARELOG_SEARCH_PAGE_KEY", secrets.key(name() + ".page-key"));
        if (service() == Service.AUDIT) {
            environment.put("CARELOG_CHECKPOINT_KEY", secrets.key(name() + ".checkpoint-key"));
            environment.put("CARELOG_CHECKPOINT_DIRECTORY", checkpoints.toString());
        }
        return environment;
    }

    @Override
    public boolean answers() {
        return HttpHealth.isUp(URI.create("http://127.0.0.1:%d/q/health/ready"
                .formatted(ports.number(service().managementPort()))));
    }
}
