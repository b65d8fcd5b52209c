package org.carelog.local.platform;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.carelog.local.keycloak.ClientSecrets;
import org.carelog.local.keycloak.Keycloak;
import org.carelog.local.port.Port;
import org.carelog.local.port.Ports;
import org.carelog.local.port.Scale;
import org.carelog.local.postgres.PostgresServer;
import org.carelog.local.process.Command;
import org.carelog.local.service.Service;
import org.carelog.local.service.ServiceProgram;
import org.carelog.local.supervisor.Part;

/**
 * A replica of one of the three services.
 *
 * @param replica its number, the first one is 1
 * @param progress told in a sentence when something takes long
 */
record ServicePart(
        ServiceProgram program,
        int replica,
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
        return Scale.name(service().id(), replica);
    }

    @Override
    public int port() {
        return ports.number(service().port(), replica);
    }

    @Override
    public Set<String> needs() {
        Set<String> needs = new HashSet<>(KafkaPart.names(ports.scale()));
        needs.add(PostgresPart.NAME);
        needs.add(KeycloakPart.NAME);
        return needs;
    }

    @Override
    public Command prepare() throws Exception {
        String clientSecret = ClientSecrets.load(keycloakData)
                .of(service().id())
                .orElseThrow(() -> new IOException(
                        "Keycloak's realm has no client " + service().id()));
        Command command = program.command(
                replica,
                postgres.jdbcUrl(service().database(), ports.reached(Port.POSTGRES, replica)),
                Keycloak.issuer(ports.number(Port.KEYCLOAK)),
                clientSecret,
                environment(),
                log);
        if (replica == 1 && !program.startCache().exists()) {
            progress.accept(name() + " is started twice, once for each build: the next starts are quick then");
            program.startCache().make(command, this::answers);
        }
        return program.startCache().of(command);
    }

    /** Its keys, which are no arguments: every user of the machine reads those. */
    private Map<String, String> environment() throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("CARELOG_SEARCH_PAGE_KEY", secrets.key(service().id() + ".page-key"));
        if (service() == Service.AUDIT) {
            environment.put("CARELOG_CHECKPOINT_KEY", secrets.key(service().id() + ".checkpoint-key"));
            environment.put("CARELOG_CHECKPOINT_DIRECTORY", checkpoints.toString());
            environment.put("CARELOG_CHECKPOINT_WITNESS", "http://127.0.0.1:" + ports.number(Port.WITNESS));
        }
        return environment;
    }

    @Override
    public boolean answers() {
        return HttpHealth.isUp(URI.create("http://127.0.0.1:%d/q/health/ready"
                .formatted(ports.number(service().managementPort(), replica))));
    }
}
