package org.sluice.gateway.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.template.Token.Type;

/** Reads what stands behind a value: attributes, items, calls, filters and tests, and their arguments. */
final class ChainParser {
    private final Words words;
    private final Nesting nesting;
    private final ExpressionParser expressions;

    ChainParser(Words words, Nesting nesting, ExpressionParser expressions) {
        this.words = words;
        this.nesting = nesting;
        this.expressions = expressions;
    }

    Expression chain(Expression head, boolean withFilters) {
        List<Link> links = new ArrayList<>();
        boolean isBehindFilter = false;
        String root = head instanceof Expression.Name name ? name.name() : null;
        Link.Attribute previous = null;
        while (true) {
            Token token = words.current();
            if (token.isOperator("(")) {
                call(links, token.at());
                root = null;
            } else if (!isBehindFilter && token.isOperator(".")) {
                Link link = member(root, previous);
                previous = link instanceof Link.Attribute attribute && root != null ? attribute : null;
                root = link instanceof Link.Attribute ? root : null;
                links.add(link);
            } else if (!isBehindFilter && token.isOperator("[")) {
                links.add(subscript());
                root = null;
            } else if (withFilters && token.isOperator("|")) {
                isBehindFilter = true;
                links.addAll(filters());
            } else if (withFilters && token.isName("is")) {
                isBehindFilter = true;
                links.add(test());
            } else {
                break;
            }
        }
        if (links.isEmpty()) {
            return head;
        }
        return new Expression.Chain(head, links.toArray(new Link[0]));
    }

    /** Behind an attribute it is a method, else a call of the value. */
    private void call(List<Link> links, int at) {
        ArgumentList arguments = arguments();
        Link last = links.isEmpty() ? null : links.get(links.size() - 1);
        if (last instanceof Link.Attribute attribute) {
            links.set(links.size() - 1, new Link.Method(attribute.name(), arguments, attribute.at()));
        } else {
            links.add(new Link.Call(arguments, at));
        }
    }

    private Link member(String root, Link.Attribute previous) {
        int at = words.take().at();
        Token name = words.take();
        if (name.type() == Type.NAME) {
            return new Link.Attribute(name.text(), root, root == null ? null : previous, at);
        }
        if (name.type() == Type.NUMBER && !(name.number() instanceof Double)) {
            return new Link.Item(new Expression.Constant(name.number()), name.text(), at);
        }
        throw Failure.syntax(name.at(), "expected a name or a number behind '.', found " + name.described());
    }

    private Link subscript() {
        int at = words.take().at();
        Expression start = words.isOperator(":") ? null : expressions.expression();
        if (!words.skipOperator(":")) {
            if (words.isOperator(",")) {
                throw Failure.syntax(words.current().at(), "several subscripts are not supported");
            }
            words.expectOperator("]");
            boolean isLiteral = start instanceof Expression.Constant constant && (constant.value() instanceof String || Numbers.isNumber(constant.value()));
            return new Link.Item(start, isLiteral ? "'" + ((Expression.Constant) start).value() + "'" : null, at);
        }
        Expression stop = words.isOperator(":") || words.isOperator("]") ? null : expressions.expression();
        Expression step = words.skipOperator(":") && !words.isOperator("]") ? expressions.expression() : null;
        words.expectOperator("]");
        return new Link.Slice(start, stop, step, at);
    }

    /** One or more filters, each behind its bar. */
    List<Link> filters() {
        List<Link> filters = new ArrayList<>();
        while (words.skipOperator("|")) {
            filters.add(filter());
        }
        return filters;
    }

    Link filter() {
        int at = words.current().at();
        String name = dottedName();
        Filter filter = Filters.named(name);
        if (filter == null) {
            throw Failure.syntax(at, "No filter named '" + name + "'");
        }
        return new Link.Filtered(filter, words.isOperator("(") ? arguments() : ArgumentList.EMPTY, at);
    }

    private String dottedName() {
        StringBuilder name = new StringBuilder(words.expectName());
        while (words.skipOperator(".")) {
            name.append('.').append(words.expectName());
        }
        return name.toString();
    }

    private Link test() {
        int at = words.take().at();
        boolean isNegated = words.skipName("not");
        String name = dottedName();
        Filter test = Checks.named(name);
        if (test == null) {
            throw Failure.syntax(at, "No test named '" + name + "'");
        }
        return new Link.Tested(test, testArguments(), isNegated, at);
    }

    private ArgumentList testArguments() {
        Token token = words.current();
        if (token.isOperator("(")) {
            return arguments();
        }
        if (token.isName("is")) {
            throw Failure.syntax(token.at(), "You cannot chain multiple tests with is");
        }
        boolean isArgument = token.type() == Type.STRING || token.type() == Type.NUMBER || token.isOperator("[") || token.isOperator("{")
                || token.type() == Type.NAME && !Set.of("else", "or", "and").contains(token.text());
        if (!isArgument) {
            return ArgumentList.EMPTY;
        }
        nesting.enter(token.at());
        Expression argument = chain(expressions.primary(), false);
        nesting.leave();
        return new ArgumentList(new Expression[] {argument}, new String[0], new Expression[0], null, null);
    }

    ArgumentList arguments() {
        int at = words.take().at();
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        Expression star = null;
        Expression starStar = null;
        while (!words.isOperator(")")) {
            boolean isLate = starStar != null;
            if (words.skipOperator("*")) {
                isLate |= star != null;
                star = expressions.expression();
            } else if (words.skipOperator("**")) {
                starStar = expressions.expression();
            } else if (words.current().type() == Type.NAME && words.following().isOperator("=")) {
                String name = words.take().text();
                words.take();
                isLate |= named.put(name, expressions.expression()) != null;
            } else {
                isLate |= star != null || !named.isEmpty();
                positional.add(expressions.expression());
            }
            if (isLate) {
                throw Failure.syntax(at, "invalid syntax for function call expression");
            }
            if (!words.isOperator(")")) {
                words.expectOperator(",");
            }
        }
        words.take();
        boolean isEmpty = positional.isEmpty() && named.isEmpty() && star == null && starStar == null;
        return isEmpty ? ArgumentList.EMPTY : new ArgumentList(positional.toArray(new Expression[0]), named.keySet().toArray(new String[0]),
                named.values().toArray(new Expression[0]), star, starStar);
    }
}
