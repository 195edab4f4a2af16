package org.sluice.gateway.provider.compatible;

import org.sluice.gateway.dialect.openai.OpenAiDialect;

/** A provider that the operator defined: an id, and an address that a setting names. A key is shown when there is one. */
final class CustomProvider extends OpenAiCompatible {
    CustomProvider(String id, OpenAiDialect dialect) {
        super(id, null);
        this.dialect = dialect;
    }

    @Override
    public boolean needsCredential() {
        return false;
    }
}
