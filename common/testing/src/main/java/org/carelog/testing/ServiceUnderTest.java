package org.carelog.testing;

import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.parsing.Parser;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.postgresql.ds.PGSimpleDataSource;

/** The running service of a {@code @QuarkusTest} with a {@link ServiceResource}, as its callers and its owner see it. */
public final class ServiceUnderTest {

    private static final String FHIR_JSON = "application/fhir+json";

    private ServiceUnderTest() {}

    /** A request with the token of a demo user or client, to {@code /fhir}; a body in it is FHIR's JSON. */
    public static RequestSpecification as(String name) {
        return anonymously().auth().oauth2(RealPlatform.token(name));
    }

    /** A request without a token. */
    public static RequestSpecification anonymously() {
        RestAssured.registerParser(FHIR_JSON, Parser.JSON);
        return RestAssured.given()
                .config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .defaultContentCharset("UTF-8")
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .encodeContentTypeAs(FHIR_JSON, ContentType.TEXT)))
                .basePath("/fhir")
                .contentType(FHIR_JSON)
                .accept(FHIR_JSON);
    }

    /** The service's database as the owner of its tables, which may do what the service may not. */
    public static DataSource ownersDataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(setting("quarkus.datasource.jdbc.url"));
        source.setUser(setting(ServiceResource.OWNER_USER));
        source.setPassword(setting(ServiceResource.OWNER_PASSWORD));
        return source;
    }

    /** A connection to the service's database as the service itself, of the caller's. */
    public static Connection runtimeConnection() throws SQLException {
        return DriverManager.getConnection(
                setting("quarkus.datasource.jdbc.url"), runtimeRole(), setting("quarkus.datasource.password"));
    }

    /** Runs a statement as the owner of the tables. */
    public static void asOwner(String statement) {
        try (Connection connection = ownersDataSource().getConnection();
                var sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The role that the service itself logs in as. */
    public static String runtimeRole() {
        return setting("quarkus.datasource.username");
    }

    public static String kafka() {
        return setting("kafka.bootstrap.servers");
    }

    /** This run's own topic in the place of the deployment's. */
    public static String topic(String deployed) {
        return setting(ServiceResource.TOPICS + deployed);
    }

    /** Lets the owner of a foreign type have the record, which its events have not told of. */
    public static void owned(String reference, String content) {
        ownerAnswers(reference, 200, content);
    }

    /** Lets the owner answer a read of the record so. */
    public static void ownerAnswers(String reference, int status, String content) {
        RestAssured.given()
                .baseUri(setting(ServiceResource.STAND_IN))
                .port(-1)
                .basePath("")
                .header(OwnerStandIn.STATUS, status)
                .body(content.getBytes(StandardCharsets.UTF_8))
                .put("/" + reference)
                .then()
                .statusCode(204);
    }

    /** With how many different tokens the service has asked owners of foreign types. */
    public static int tokensOfItsQuestions() {
        return Integer.parseInt(standIn(OwnerStandIn.TOKENS).asString());
    }

    /** Those tokens are good no more. */
    public static void endTokensOfItsQuestions() {
        standIn(OwnerStandIn.ENDED).then().statusCode(204);
    }

    private static Response standIn(String path) {
        return RestAssured.given()
                .baseUri(setting(ServiceResource.STAND_IN))
                .port(-1)
                .basePath("")
                .get("/" + path);
    }

    private static String setting(String name) {
        Config config = ConfigProvider.getConfig();
        return config.getValue(name, String.class);
    }
}
