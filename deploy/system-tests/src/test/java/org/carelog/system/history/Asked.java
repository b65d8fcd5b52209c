package org.carelog.system.history;

import java.util.OptionalLong;

/** What a client asked for. */
public sealed interface Asked {

    String method();

    /** Changes the record, if it is done. */
    sealed interface Write extends Asked {}

    /** Puts new content into the record. */
    sealed interface Put extends Write {

        /** Is in this request's content and in no other's. */
        String marker();

        /** {@link Content#of} what was sent. */
        String content();
    }

    record Create(String type, String marker, String content) implements Put {
        @Override
        public String method() {
            return "POST";
        }
    }

    record Update(Reference resource, OptionalLong ifMatch, String marker, String content) implements Put {
        @Override
        public String method() {
            return "PUT";
        }
    }

    record Delete(Reference resource, OptionalLong ifMatch) implements Write {
        @Override
        public String method() {
            return "DELETE";
        }
    }

    record Read(Reference resource) implements Asked {
        @Override
        public String method() {
            return "GET";
        }
    }

    /** A search for the one version that has the marker. */
    record Find(Version version) implements Asked {
        @Override
        public String method() {
            return "GET";
        }
    }

    /** A request that must be refused with this status. */
    record Forbidden(String method, int status) implements Asked {}
}
