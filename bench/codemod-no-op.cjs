// A transform that changes nothing and parses nothing.
module.exports = () => undefined;
