package org.sluice.gateway.template;

import org.sluice.gateway.template.Token.Type;

/** The tokens as the parser reads them: the current one, and a look at the one behind it. */
final class Words {
    private final Lexer lexer;
    private Token current;
    private Token following;

    Words(Lexer lexer) {
        this.lexer = lexer;
        current = lexer.next();
    }

    Token current() {
        return current;
    }

    Token following() {
        if (following == null) {
            following = lexer.next();
        }
        return following;
    }

    /** The current one; the next becomes current. */
    Token take() {
        Token taken = current;
        current = following != null ? following : taken.type() == Type.END ? taken : lexer.next();
        following = null;
        return taken;
    }

    boolean isOperator(String operator) {
        return current.isOperator(operator);
    }

    boolean isName(String name) {
        return current.isName(name);
    }

    boolean skipOperator(String operator) {
        boolean isThere = isOperator(operator);
        if (isThere) {
            take();
        }
        return isThere;
    }

    boolean skipName(String name) {
        boolean isThere = isName(name);
        if (isThere) {
            take();
        }
        return isThere;
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw unexpected("'" + operator + "'");
        }
    }

    String expectName() {
        if (current.type() != Type.NAME) {
            throw unexpected("a name");
        }
        return take().text();
    }

    void expectName(String name) {
        if (!skipName(name)) {
            throw unexpected("'" + name + "'");
        }
    }

    void expect(Type type, String what) {
        if (current.type() != type) {
            throw unexpected(what);
        }
        take();
    }

    Failure unexpected(String wanted) {
        return Failure.syntax(current.at(), "expected " + wanted + ", found " + current.described());
    }
}
