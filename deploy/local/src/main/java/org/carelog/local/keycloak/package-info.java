/**
 * Keycloak as a child process: built once, started with the realm of {@code deploy/keycloak}, asked for tokens.
 *
 * <pre>{@code
 * Keycloak keycloak = Keycloak.prepare(settings, System.out::println);   // first time: builds, about 20 s
 * Process process = keycloak.server().redirectOutput(log).start();
 * // wait until keycloak.ready()
 * Tokens tokens = new Tokens(Keycloak.issuer(settings.port()), ClientSecrets.load(settings.data()));
 * String bearer = tokens.token("clinician").value();
 * }</pre>
 */
package org.carelog.local.keycloak;
