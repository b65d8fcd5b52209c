package org.carelog.local.command;

import java.util.concurrent.Callable;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.RunningSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code carelog token}. Prints the token and nothing else. */
@Command(name = "token", description = "Print a bearer token, from the running Keycloak.")
public final class TokenCommand implements Callable<Integer> {

    private final Installation installation;

    @Parameters(
            paramLabel = "NAME",
            description = {
                "A demo user: clinician, registrar, patient, compliance, administrator.",
                "Or a client: loader, integration-engine."
            })
    private String name;

    @Option(names = "--scope", defaultValue = "", description = "OAuth scopes with spaces between.")
    private String scope;

    public TokenCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws Exception {
        System.out.println(
                RunningSystem.find(installation).tokens().token(name, scope).value());
        return 0;
    }
}
