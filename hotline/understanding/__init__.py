"""What a few spoken or typed words mean, in four languages, without any network or model."""
