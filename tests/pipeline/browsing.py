"""What tests run in a page before its own script."""

LISTEN = """
violations = [];
document.addEventListener("securitypolicyviolation", e => violations.push(e.violatedDirective));
"""
