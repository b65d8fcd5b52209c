package org.carelog.audit.ingest;

/** The codes that audit events are written with. */
final class Codes {
    static final Coding REST =
            new Coding("http://terminology.hl7.org/CodeSystem/audit-event-type", "rest", "Restful Operation");
    static final String INTERACTION = "http://hl7.org/fhir/restful-interaction";
    static final String OPERATION = "urn:carelog:operation";
    static final String RESOURCE_TYPE = "http://hl7.org/fhir/resource-types";
    static final String ROLE = "urn:carelog:role";

    static final Coding EXPORT = dicom("110106", "Export");
    static final Coding USER_AUTHENTICATION = dicom("110114", "User Authentication");
    static final Coding SECURITY_ALERT = dicom("110113", "Security Alert");
    static final Coding LOGIN = dicom("110122", "Login");
    static final Coding LOGOUT = dicom("110123", "Logout");
    static final Coding USER_SECURITY_CHANGED = dicom("110137", "User Security Attributes Changed");
    static final Coding SECURITY_CONFIGURATION = dicom("110129", "Security Configuration");

    static final Coding SOURCE = dicom("110153", "Source Role ID");
    static final Coding DESTINATION = dicom("110152", "Destination Role ID");
    static final Coding APPLICATION = dicom("110150", "Application");
    static final Coding CUSTODIAN =
            new Coding("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "custodian", "Custodian");
    static final Coding RECIPIENT = participation("IRCP", "information recipient");
    /** By an access token. */
    static final Coding TOKEN_USER =
            new Coding("https://profiles.ihe.net/ITI/BALP/CodeSystem/UserAgentTypes", "UserOauthAgent", null);

    static final Coding AUTHOR = participation("AUT", "author (originator)");

    static final Coding PERSON = entityType("1", "Person");
    static final Coding SYSTEM_OBJECT = entityType("2", "System Object");
    static final Coding REQUEST_ID =
            new Coding("https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType", "XrequestId", null);

    static final Coding TRACE_ID = new Coding("urn:carelog:entity-type", "traceId", null);

    static final Coding PATIENT = role("1", "Patient");
    static final Coding DOMAIN_RESOURCE = role("4", "Domain Resource");
    static final Coding SECURITY_RESOURCE = role("13", "Security Resource");
    static final Coding DATA_REPOSITORY = role("17", "Data Repository");
    static final Coding QUERY = role("24", "Query");

    static final Coding APPLICATION_SERVER =
            new Coding("http://terminology.hl7.org/CodeSystem/security-source-type", "4", "Application Server");

    private Codes() {}

    private static Coding dicom(String code, String display) {
        return new Coding("http://dicom.nema.org/resources/ontology/DCM", code, display);
    }

    private static Coding participation(String code, String display) {
        return new Coding("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", code, display);
    }

    private static Coding entityType(String code, String display) {
        return new Coding("http://terminology.hl7.org/CodeSystem/audit-entity-type", code, display);
    }

    private static Coding role(String code, String display) {
        return new Coding("http://terminology.hl7.org/CodeSystem/object-role", code, display);
    }
}
