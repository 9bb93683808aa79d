"""Demand from daily counts: methods, their choice by backtest, intervals. Knows no Django."""
