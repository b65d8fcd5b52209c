package org.carelog.audit.ingest;

/**
 * The canonical URLs of the profiles that events claim: IHE's where they have one, and ours, which are files in
 * {@code docs/audit-profiles}.
 *
 * @see <a href="https://profiles.ihe.net/ITI/BALP/artifacts.html">BALP, artifacts</a>
 */
final class Profiles {
    /** Beside another one: which access token it was. */
    static final String TOKEN = balp("OAUTHaccessTokenUse.Minimal");

    static final String REFUSAL = own("refusal");

    private Profiles() {}

    static String balp(String name) {
        return "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit." + name;
    }

    static String own(String name) {
        return "urn:carelog:profile:audit-" + name;
    }
}
